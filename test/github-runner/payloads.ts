/** An object of a payload. */
export type Json = Readonly<Record<string, unknown>>

/** The repository that the workflow runs in. */
export const OWN = { id: 1296269, name: 'app', full_name: 'octo/app', fork: false, default_branch: 'main' }
/** A fork of it. */
export const FORK = { id: 1300192, name: 'app', full_name: 'mallory/app', fork: true, default_branch: 'main' }
/** Who did what started the workflow. */
export const SENDER = { login: 'octocat', id: 583231, type: 'User' }
/** A commit. */
export const SHA = '0123456789abcdef0123456789abcdef01234567'

/** A pull request as its own events have it: number 7, from the branch `feature`. */
export function pullRequest(about: Json = {}): Json {
  const head = { label: 'octo:feature', ref: 'feature', sha: SHA, repo: OWN }
  const base = { label: 'octo:main', ref: 'main', sha: SHA, repo: OWN }
  return { id: 279147437, number: 7, state: 'open', title: 'Change', user: SENDER, head, base, ...about }
}

/** A pull request as events about commits name it: any one whose branch has the commit. */
export function branchMate(number: number): Json {
  const repo = { id: OWN.id, url: 'https://api.github.com/repos/octo/app', name: OWN.name }
  const [head, base] = [
    { ref: 'feature', sha: SHA, repo },
    { ref: 'main', sha: SHA, repo },
  ]
  return {
    url: `https://api.github.com/repos/octo/app/pulls/${number}`,
    id: 1000 + number,
    number,
    head,
    base,
  }
}

/** A comment on a pull request comes as one on an issue, which has a link to the pull request. */
export function issue(about: Json = {}): Json {
  return { id: 444500041, number: 9, title: 'Question', user: SENDER, state: 'open', ...about }
}

/** A comment of any kind. */
export const COMMENT: Json = { id: 492700400, body: '/preview', user: SENDER }
