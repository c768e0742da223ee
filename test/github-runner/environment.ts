import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The event that started the workflow. */
export interface WorkflowEvent {
  readonly name: string
  readonly payload: unknown
  /** What the payload's file is instead of its JSON: a step may start while the runner writes it. */
  readonly file?: PayloadFile
}

/** Not there, a directory, or such a text. */
export type PayloadFile = 'missing' | 'directory' | { readonly text: string }

const HOST = [
  'PATH',
  'HOME',
  'NODE_EXTRA_CA_CERTS',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'USERPROFILE',
  'SystemRoot',
  'ComSpec',
  'PATHEXT',
]
const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { win32: 'Windows', darwin: 'macOS' }

/** What of this machine's environment a step gets: nothing that could change what it does, such as a proxy. */
export function hostEnvironment(): Record<string, string> {
  const found: Record<string, string> = { CI: 'true' }
  for (const name of HOST) {
    const value = process.env[name]
    if (value !== undefined) found[name] = value
  }
  return found
}

/** The variables that a hosted runner sets for a step of `octo/app`; makes the folders and the event file they name. */
export function runnerVariables(folder: string, event: WorkflowEvent): Record<string, string> {
  const [workspace, temp, eventPath] = [
    join(folder, 'workspace'),
    join(folder, 'temp'),
    join(folder, 'event.json'),
  ]
  mkdirSync(workspace)
  mkdirSync(temp)
  writePayload(eventPath, event)
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__run',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_JOB: 'build',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_NAME: 'main',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: 'octo/app',
    GITHUB_REPOSITORY_OWNER: 'octo',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1234567890',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_WORKFLOW: 'CI',
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_OS: SYSTEMS[process.platform] ?? 'Linux',
    RUNNER_TEMP: temp,
  }
}

function writePayload(
  path: string,
  { payload, file = { text: JSON.stringify(payload) } }: WorkflowEvent,
): void {
  if (file === 'directory') mkdirSync(path)
  else if (file !== 'missing') writeFileSync(path, file.text)
}

/** The variables that hand a step its inputs: upper case, spaces as underscores, hyphens as they are. */
export function inputVariables(inputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      value,
    ]),
  )
}
