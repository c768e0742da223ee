import type { Repository } from '../github/request.ts'
import type { Inputs } from '../runner/inputs.ts'

/** Reads the repository that the workflow runs in: `github-token`, which `input` needs, and where GitHub is. `hint` is for a missing token: a sentence. */
export function readRepositoryAndToken(inputs: Inputs, input: string, hint: string): Repository {
  const [, owner = '', repo = ''] = /^([^/]+)\/([^/]+)$/.exec(inputs.run.repository) ?? []
  inputs.addErrorIf(repo === '', `\`${input}\` needs GITHUB_REPOSITORY, which is not \`owner/repo\`.`)
  return {
    owner,
    repo,
    token: inputs.token('github-token', hint),
    baseUrl: inputs.baseUrl('GITHUB_API_URL', 'https://api.github.com', process.env.GITHUB_API_URL),
  }
}
