import { runMain, runPost } from './runner/run.ts'

const actions = () => import('./actions/all-but-usage.ts')

/** What the launchers in dist/ start: each loads and runs one action's main or post, and never rejects. */
export const runCreate = (): Promise<void> => runMain(async () => (await actions()).create)
export const runCreatePost = (): Promise<void> => runPost('create', async () => (await actions()).createPost)
export const runCredentials = (): Promise<void> => runMain(async () => (await actions()).credentials)
export const runCredentialsPost = (): Promise<void> =>
  runPost('credentials', async () => (await actions()).credentialsPost)
export const runDelete = (): Promise<void> => runMain(async () => (await actions()).deleteMain)
export const runCheck = (): Promise<void> => runMain(async () => (await actions()).check)
export const runUsage = (): Promise<void> => runMain(async () => (await import('./actions/usage/main.ts')).main)
