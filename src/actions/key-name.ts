import type { WorkerOrPreviews } from '../cloudflare/worker-secrets.ts'
import type { PullRequestOrRefOrRun } from '../github/reason-gone.ts'
import type { WorkflowRun } from '../runner/workflow-run.ts'

/**
 * What the names of a repository's keys begin with: `owner/repo`, off github.com after the server's host, because one
 * Cloudflare account may serve repositories of one name on two servers. Empty where the repository is unknown.
 */
export const repositoryNamePrefix = ({ repository, host }: WorkflowRun): string =>
  repository === '' || host === 'github.com' ? repository : `${host}/${repository}`

/** The name of a key for which none was given: whose it is. Empty when the event does not surely say. */
export function derivedName(run: WorkflowRun): string {
  const { pullRequest, refName } = run
  const owner = pullRequest === undefined ? refName && `@${refName}` : `#${pullRequest}`
  return owner && repositoryNamePrefix(run) ? repositoryNamePrefix(run) + owner : ''
}

/** The name of a key that an environment holds, which GitHub finds in any case, or where that is empty the repository. */
export const storedKeyName = (run: WorkflowRun, environment: string): string =>
  environment ? `${repositoryNamePrefix(run)}:${environment.toLowerCase()}` : repositoryNamePrefix(run)

/** The name of a key that secrets of a Worker hold. Empty where the repository is unknown. */
export const workerKeyName = (run: WorkflowRun, { worker, kind }: WorkerOrPreviews): string =>
  repositoryNamePrefix(run) && `${repositoryNamePrefix(run)} worker ${worker}${kind === 'worker' ? '' : ' previews'}`

/** A name that belongs to this job alone: with run id, attempt and a random suffix. Empty where the repository is unknown. */
export function jobScopedName(run: WorkflowRun): string {
  const name = derivedName(run) || repositoryNamePrefix(run)
  return name && `${name} ${run.idAndAttempt}-${crypto.randomUUID().slice(0, 8)}`
}

/** Why `derivedName` is empty, and what to do. A sentence. */
export function nameRequiredMessage({ repository }: WorkflowRun): string {
  if (repository === '') return '`name` is missing, and GITHUB_REPOSITORY is not set to derive it from.'
  return '`name` is required here: nothing surely says which branch, tag or pull request of this repository the key is for. Most other events run on the default branch, whatever they are about, so a derived name would be that of another key.'
}

/** The end of a name of a job's own, as `jobScopedName` has it. */
const JOB_SUFFIX = / ([1-9]\d*)-\d+-[0-9a-f]{8}$/

/**
 * What git or GitHub takes for no name of a branch or tag, besides `7/merge`, which is a ref of a pull request.
 * https://git-scm.com/docs/git-check-ref-format
 */
const NO_REF =
  /[\p{Cc}\p{Cs} ~^:?*[\\]|\.\.|@\{|\/[/.]|^[/.]|[/.]$|\.lock(\/|$)|^refs\/|^([0-9a-f]{40}|[0-9a-f]{64})$|^\d+\/(merge|head)$/iu

/** Whose key it is by its derived name, which begins with `namePrefix`; undefined for any other name, and for keys that are stored. */
export function pullRequestOrRefOrRunOf(name: string, namePrefix: string): PullRequestOrRefOrRun | undefined {
  if (!name.startsWith(namePrefix)) return undefined
  const rest = name.slice(namePrefix.length)
  const run = JOB_SUFFIX.exec(rest)
  const [sign, id] = [rest.charAt(0), rest.slice(1, run?.index)]
  const isOwner = sign === '#' ? /^[1-9]\d*$/.test(id) : sign === '@' && id !== '' && !NO_REF.test(id)
  if (run?.[1] && (isOwner || run.index === 0)) return { kind: 'workflow run', id: run[1] }
  return isOwner ? { kind: sign === '#' ? 'pull request' : 'branch or tag', id } : undefined
}
