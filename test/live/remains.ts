import { describeError } from './describe-response.ts'
import { fieldsOf, listOf, type ServiceResponse } from './request.ts'
import { type Run, runOf } from './run-name.ts'
import { environmentPath, type Trial } from './trial.ts'
import { patchBase, patchSecrets, workerPath } from './worker.ts'

/** What was created by runs of this tool and is deleted now, and what could not be. */
export interface Remains {
  readonly deleted: readonly string[]
  /** In words, with the reason. */
  readonly left: readonly string[]
}

interface Place {
  readonly title: string
  readonly list: (trial: Trial) => Promise<readonly { readonly name: string; readonly path: string }[]>
  readonly remove: (trial: Trial, path: string) => Promise<ServiceResponse>
}

const KEYS: Place = {
  title: 'TURN keys',
  list: async trial =>
    listOf(fieldsOf(successful(await trial.keys('GET')).json).result)
      .map(fieldsOf)
      .map(({ uid, name }) => ({ name: String(name), path: `/${uid}` })),
  remove: (trial, path) => trial.keys('DELETE', path),
}

const GITHUB: readonly Place[] = ['variables', 'secrets'].map(kind => ({
  title: `${kind} of the environment`,
  list: trial => listOnGitHub(trial, kind),
  remove: (trial, path) => trial.github('DELETE', path),
}))

const WORKER: readonly Place[] = [
  {
    title: 'secrets of the Worker',
    list: async trial => {
      const { json } = successful(await trial.api('GET', `${workerPath(trial, 'scripts')}/secrets`))
      return listOf(fieldsOf(json).result).map(one => asPlace(String(fieldsOf(one).name)))
    },
    remove: (trial, name) => patchSecrets(trial, { [name]: null }),
  },
  {
    title: "variables of the Worker's Previews base configuration",
    list: async trial => {
      const { json } = successful(await trial.api('GET', workerPath(trial, 'workers')))
      const base = fieldsOf(fieldsOf(fieldsOf(json).result).previews_base_config)
      return Object.keys(fieldsOf(base.env)).map(asPlace)
    },
    remove: (trial, name) => patchBase(trial, { [name]: null }),
  },
]

function asPlace(name: string): { name: string; path: string } {
  return { name, path: name }
}

/** Page by page: GitHub gives at most 30 variables in one. */
async function listOnGitHub(trial: Trial, kind: string): Promise<{ name: string; path: string }[]> {
  const base = `${environmentPath(trial)}/${kind}`
  const found: { name: string; path: string }[] = []
  for (let page = 1; ; page++) {
    const { json } = successful(await trial.github('GET', `${base}?per_page=30&page=${page}`))
    const names = listOf(fieldsOf(json)[kind]).map(one => String(fieldsOf(one).name))
    found.push(...names.map(name => ({ name, path: `${base}/${name}` })))
    if (names.length === 0 || found.length >= Number(fieldsOf(json).total_count)) return found
  }
}

function successful(response: ServiceResponse): ServiceResponse {
  if (response.status >= 200 && response.status < 300) return response
  throw new Error(`HTTP status ${response.status}`)
}

/** Deletes what the chosen runs left. What cannot be listed or deleted is named, never thrown. */
export async function deleteRemains(trial: Trial, isChosen: (run: Run) => boolean): Promise<Remains> {
  const places = [
    KEYS,
    ...(trial.settings.github ? GITHUB : []),
    ...(trial.settings.worker === undefined ? [] : WORKER),
  ]
  const deleted: string[] = []
  const left: string[] = []
  for (const place of places) {
    try {
      const all = await place.list(trial)
      const ours = all.filter(({ name }) => {
        const run = runOf(name)
        return run !== undefined && isChosen(run)
      })
      for (const { name, path } of ours) {
        const { status } = await place.remove(trial, path)
        if (status < 300 || status === 404) deleted.push(name)
        else left.push(`${place.title}: ${name} (HTTP status ${status})`)
      }
    } catch (error) {
      left.push(`${place.title}: ${trial.mask(describeError(error))}`)
    }
  }
  return { deleted, left }
}
