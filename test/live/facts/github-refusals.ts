import { statusAndMessage } from '../describe-response.ts'
import { ASSUMED, type Group, NotAsked } from '../fact.ts'
import { fieldsOf } from '../request.ts'
import { environmentPath, type Trial } from '../trial.ts'

const ENVIRONMENTS = 'https://docs.github.com/rest/deployments/environments'

/** Swaps the case of every letter. */
function otherCase(text: string): string {
  return [...text]
    .map(char => (char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase()))
    .join('')
}

async function withoutPermission(trial: Trial): Promise<string | NotAsked> {
  const { tokenWithoutPermission: token } = trial.githubSettings()
  if (token === undefined) return new NotAsked('LIVE_GITHUB_TOKEN_WITHOUT_PERMISSION is not set')
  const path = `${environmentPath(trial)}/secrets/public-key`
  return statusAndMessage(await trial.github('GET', path, { authorization: `token ${token}` }))
}

export const GITHUB_REFUSALS: Group = {
  title: 'Environments and tokens',
  missing: trial => (trial.settings.github ? undefined : 'LIVE_GITHUB_TOKEN is not set'),
  facts: [
    {
      name: 'an environment whose name is spelled in other cases',
      emulator: 'the same',
      why: ASSUMED,
      touches: "The derived name of a key: the environment's name is in it in lower case.",
      probe: async trial => {
        const one = await trial.github('GET', environmentPath(trial))
        const name = otherCase(trial.githubSettings().environment)
        const two = await trial.github('GET', environmentPath(trial, name))
        if (two.status !== 200) return statusAndMessage(two)
        return fieldsOf(one.json).id === fieldsOf(two.json).id ? 'the same' : 'another'
      },
    },
    {
      name: 'an environment that does not exist',
      emulator: '404: Not Found',
      why: ENVIRONMENTS,
      touches: 'The error that names a typing error in `environment`.',
      probe: async trial =>
        statusAndMessage(await trial.github('GET', environmentPath(trial, 'no such environment'))),
    },
    {
      name: 'the public key of an environment that does not exist',
      emulator: '404: Not Found',
      why: ASSUMED,
      touches: 'The error that names a typing error in `environment`.',
      probe: async trial => {
        const path = `${environmentPath(trial, 'no such environment')}/secrets/public-key`
        return statusAndMessage(await trial.github('GET', path))
      },
    },
    {
      name: 'a token without the permission',
      emulator: '403: Resource not accessible by integration',
      why: ASSUMED,
      touches:
        'The error names the missing permission where these words come; a private repository says 404.',
      probe: withoutPermission,
    },
    {
      name: 'a token that nobody has',
      emulator: '401: Bad credentials',
      why: 'https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api',
      touches: 'The hint in the error.',
      probe: async trial =>
        statusAndMessage(await trial.github('GET', '', { authorization: 'token nobody' })),
    },
  ],
}
