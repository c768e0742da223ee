import { randomBytes, randomUUID } from 'node:crypto'
import { type EmulatedResponse, type IncomingRequest, isObject, parsed } from '../emulated-response.ts'
import type { Route } from '../routes.ts'
import type { AssetStore, Files } from './asset-store.ts'
import { failure, success } from './envelope.ts'
import { badRequest } from './merge-patch.ts'
import { formOf } from './upload-form.ts'

type PagesEnvironment = 'production' | 'preview'
type Variables = Readonly<Record<string, string>>

/** What was deployed, and the secrets that it has: later ones reach later deployments only. */
export interface PagesDeployment {
  readonly id: string
  readonly branch: string
  readonly environment: PagesEnvironment
  readonly files: Files
  readonly secrets: Variables
}

/** A Pages project, whose production branch is `main`. */
interface Project {
  readonly secrets: Readonly<Record<PagesEnvironment, Variables>>
  readonly deployments: readonly PagesDeployment[]
}

/** The Pages projects of one account. */
export class Pages {
  readonly #assets: AssetStore
  readonly #projects = new Map<string, Project>()

  constructor(assets: AssetStore) {
    this.#assets = assets
  }

  /** As if created in the dashboard. */
  add(name: string): void {
    this.#projects.set(name, { secrets: { production: {}, preview: {} }, deployments: [] })
  }

  /** As if previews of a branch were deployed. */
  addPreviews(name: string, branch: string, count: number): void {
    const project = this.#projects.get(name)
    if (!project) throw new Error(`no project ${name}`)
    const previews = Array.from({ length: count }, () => newDeployment(project, branch, {}))
    this.#projects.set(name, { ...project, deployments: [...project.deployments, ...previews] })
  }

  /** Oldest first. */
  deployments(name: string): readonly PagesDeployment[] {
    return this.#projects.get(name)?.deployments ?? []
  }

  clear(): void {
    this.#projects.clear()
  }

  /** Authorization is settled before. */
  async respond({ operation, params }: Route, call: IncomingRequest): Promise<EmulatedResponse> {
    const { project: name = '', deployment: id } = params
    const project = this.#projects.get(name)
    if (!project) return failure(404, [{ code: 8000007, message: 'Project not found.' }])
    if (operation === 'pages-project') return success(200, described(name, project))
    if (operation === 'pages-project-patch') return this.#patch(name, project, call)
    if (operation === 'pages-upload-token') return success(200, { jwt: this.#assets.begin({}).jwt })
    if (operation === 'pages-deploy') return this.#deploy(name, project, call)
    if (operation === 'pages-deployments') return listed(name, project, call)
    const deployment = project.deployments.find(one => one.id === id)
    if (!deployment) return failure(404, [{ code: 8000009, message: 'Deployment not found.' }])
    if (operation === 'pages-deployment') return success(200, describedDeployment(name, deployment))
    this.#projects.set(name, {
      ...project,
      deployments: project.deployments.filter(one => one !== deployment),
    })
    return success(200, null)
  }

  #patch(name: string, project: Project, call: IncomingRequest): EmulatedResponse {
    const body = parsed(call.body)
    const configs = isObject(body) && isObject(body.deployment_configs) ? body.deployment_configs : undefined
    if (!configs) return badRequest('deployment_configs must be an object')
    const secrets = { ...project.secrets }
    for (const environment of ['production', 'preview'] as const) {
      const config = configs[environment]
      const variables = isObject(config) && isObject(config.env_vars) ? Object.entries(config.env_vars) : []
      const texts = variables.map(([key, about]) => [key, isObject(about) ? String(about.value) : ''])
      secrets[environment] = { ...secrets[environment], ...Object.fromEntries(texts) }
    }
    const changed = { ...project, secrets }
    this.#projects.set(name, changed)
    return success(200, described(name, changed))
  }

  async #deploy(name: string, project: Project, call: IncomingRequest): Promise<EmulatedResponse> {
    const form = await formOf(call)
    const manifest = parsed(String(form?.get('manifest') ?? ''))
    if (!isObject(manifest)) return badRequest('manifest must be an object')
    const hashes = Object.entries(manifest).map(([path, hash]) => [path, String(hash)])
    const files = this.#assets.filesBy(Object.fromEntries(hashes))
    const deployment = newDeployment(project, String(form?.get('branch') ?? 'main'), files)
    this.#projects.set(name, { ...project, deployments: [...project.deployments, deployment] })
    return success(200, describedDeployment(name, deployment))
  }
}

function newDeployment({ secrets }: Project, branch: string, files: Files): PagesDeployment {
  const environment = branch === 'main' ? 'production' : 'preview'
  return { id: randomUUID(), branch, environment, files, secrets: secrets[environment] }
}

/** How many deployments a page holds, and may be asked for, at most. */
const PAGE_SIZE = 25

/** Newest first, and 25 of them unless a page is asked for, which takes a size too. The API documents neither limit. */
function listed(name: string, { deployments }: Project, call: IncomingRequest): EmulatedResponse {
  const { searchParams } = new URL(call.path, 'https://api.cloudflare.com')
  const [environment, page, size] = ['env', 'page', 'per_page'].map(parameter => searchParams.get(parameter))
  if (Number(size ?? PAGE_SIZE) > PAGE_SIZE || (page && !size)) {
    const message = 'Invalid list options provided. Review the `page` or `per_page` parameter.'
    return failure(400, [{ code: 8000024, message }])
  }
  const all = deployments.filter(one => !environment || one.environment === environment).toReversed()
  const [perPage, from] = [Number(size ?? PAGE_SIZE), (Number(page ?? 1) - 1) * Number(size ?? PAGE_SIZE)]
  return success(
    200,
    all.slice(from, from + perPage).map(one => describedDeployment(name, one)),
  )
}

/** The values of secrets are never given back. */
function described(name: string, { secrets }: Project): Record<string, unknown> {
  const config = (variables: Variables): unknown => ({
    env_vars: Object.fromEntries(
      Object.keys(variables).map(key => [key, { type: 'secret_text', value: '' }]),
    ),
    wrangler_config_hash: null,
  })
  const configs = { production: config(secrets.production), preview: config(secrets.preview) }
  return { name, subdomain: `${name}.pages.dev`, production_branch: 'main', deployment_configs: configs }
}

function describedDeployment(project: string, { id, branch, environment }: PagesDeployment): unknown {
  const alias = environment === 'preview' ? [`https://${branch}.${project}.pages.dev`] : []
  const url = `https://${id.slice(0, 8)}.${project}.pages.dev`
  const stage = { name: 'deploy', status: 'success' }
  const trigger = { metadata: { branch, commit_hash: randomBytes(20).toString('hex') } }
  const about = { project_name: project, environment, production_branch: 'main', deployment_trigger: trigger }
  return { id, url, aliases: alias, latest_stage: stage, ...about }
}
