// The actions that share most of their code: one chunk, which a post step with nothing to do does not load.
export { main as check } from './check/main.ts'
export { main as create } from './create/main.ts'
export { post as createPost } from './create/post.ts'
export { main as credentials } from './credentials/main.ts'
export { post as credentialsPost } from './credentials/post.ts'
export { main as deleteMain } from './delete/main.ts'
