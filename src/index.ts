import { main as check } from './actions/check/main.ts'
import { main as create } from './actions/create/main.ts'
import { post as createPost } from './actions/create/post.ts'
import { main as credentials } from './actions/credentials/main.ts'
import { post as credentialsPost } from './actions/credentials/post.ts'
import { main as deleteMain } from './actions/delete/main.ts'
import { main as usage } from './actions/usage/main.ts'
import { runMain, runPost } from './runner/run.ts'

/** What the launchers in dist/ start: each runs one action's main or post, and never rejects. */
export const runCreate = (): Promise<void> => runMain(create)
export const runCreatePost = (): Promise<void> => runPost(createPost)
export const runCredentials = (): Promise<void> => runMain(credentials)
export const runCredentialsPost = (): Promise<void> => runPost(credentialsPost)
export const runDelete = (): Promise<void> => runMain(deleteMain)
export const runCheck = (): Promise<void> => runMain(check)
export const runUsage = (): Promise<void> => runMain(usage)
