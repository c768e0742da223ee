import { main as create } from './create/main.ts'
import { post as createPost } from './create/post.ts'
import { runMain, runPost } from './run.ts'

/** The root action. */
export const runCreate = (): Promise<void> => runMain(create)

/** The root action's post step. */
export const runCreatePost = (): Promise<void> => runPost(createPost)
