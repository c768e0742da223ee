import { main as create } from './actions/create/main.ts'
import { post as createPost } from './actions/create/post.ts'
import { main as credentials } from './actions/credentials/main.ts'
import { post as credentialsPost } from './actions/credentials/post.ts'
import { main as deleteKeys } from './actions/delete/main.ts'
import { runMain, runPost } from './runner/run.ts'

/** Runs the root action. */
export const runCreate = (): Promise<void> => runMain(create)

/** Runs the root action's post step. */
export const runCreatePost = (): Promise<void> => runPost(createPost)

/** Runs the credentials action. */
export const runCredentials = (): Promise<void> => runMain(credentials)

/** Runs the credentials action's post step. */
export const runCredentialsPost = (): Promise<void> => runPost(credentialsPost)

/** Runs the delete action. */
export const runDelete = (): Promise<void> => runMain(deleteKeys)
