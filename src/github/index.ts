// The face of this folder: an import() of it is what loads octokit and libsodium.
export * from './key-store.ts'
export * from './owners.ts'
export * from './write-key.ts'
