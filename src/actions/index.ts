// The face of this folder: an import() of it is what a post step with nothing to do is spared.
export { main as create } from './create/main.ts'
export { post as createPost } from './create/post.ts'
export { main as credentials } from './credentials/main.ts'
export { post as credentialsPost } from './credentials/post.ts'
export { main as deleteMain } from './delete/main.ts'
