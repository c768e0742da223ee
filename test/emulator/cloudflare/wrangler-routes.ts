import type { Operation } from '../operations.ts'

type Methods = Readonly<Record<string, Exclude<Operation, 'any'>>>

const ACCOUNT = '/client/v4/accounts/:account'
const SCRIPT = `${ACCOUNT}/workers/scripts/:worker`
const PREVIEW = `${ACCOUNT}/workers/workers/:worker/previews/:preview`
const PAGES = `${ACCOUNT}/pages/projects/:project`

/** What Wrangler asks for when it deploys Workers, previews of them, and Pages. */
export const WRANGLER_ROUTES: readonly (readonly [path: string, methods: Methods])[] = [
  [SCRIPT, { PUT: 'worker-upload' }],
  [`${SCRIPT}/versions`, { POST: 'worker-version' }],
  [`${SCRIPT}/deployments`, { GET: 'worker-deployments', POST: 'worker-deploy' }],
  [`${SCRIPT}/settings`, { GET: 'worker-bindings' }],
  [`${SCRIPT}/script-settings`, { PATCH: 'worker-settings' }],
  [`${SCRIPT}/subdomain`, { GET: 'worker-own-subdomain', POST: 'worker-own-subdomain' }],
  [`${SCRIPT}/assets-upload-session`, { POST: 'worker-assets' }],
  [`${ACCOUNT}/workers/services/:worker`, { GET: 'worker-service' }],
  [`${ACCOUNT}/workers/subdomain`, { GET: 'worker-subdomain' }],
  [`${ACCOUNT}/workers/assets/upload`, { POST: 'assets-upload' }],
  [`${ACCOUNT}/workers/workers`, { POST: 'worker-create' }],
  [`${ACCOUNT}/workers/workers/:worker/previews`, { POST: 'worker-preview-create' }],
  [PREVIEW, { GET: 'worker-preview', PATCH: 'worker-preview-patch', DELETE: 'worker-preview-delete' }],
  [`${PREVIEW}/deployments`, { POST: 'worker-preview-deploy' }],
  [`${PREVIEW}/deployments/latest`, { GET: 'worker-preview-deployment' }],
  [PAGES, { GET: 'pages-project', PATCH: 'pages-project-patch' }],
  [`${PAGES}/upload-token`, { GET: 'pages-upload-token' }],
  [`${PAGES}/deployments`, { GET: 'pages-deployments', POST: 'pages-deploy' }],
  [`${PAGES}/deployments/:deployment`, { GET: 'pages-deployment', DELETE: 'pages-deployment-delete' }],
  ['/client/v4/pages/assets/check-missing', { POST: 'pages-check-missing' }],
  ['/client/v4/pages/assets/upload', { POST: 'pages-assets-upload' }],
  ['/client/v4/pages/assets/upsert-hashes', { POST: 'pages-upsert-hashes' }],
]
