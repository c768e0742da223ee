// The face of this folder: an import() of it is what loads octokit and libsodium.
export * from './list-variables.ts'
export * from './reason-gone.ts'
export * from './repository.ts'
export * from './secret.ts'
export * from './store.ts'
export * from './stored-pair.ts'
export * from './variable.ts'
