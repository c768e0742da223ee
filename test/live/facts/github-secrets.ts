import sodium from 'libsodium-wrappers'
import { statusAndMessage } from '../describe-response.ts'
import { ASSUMED, type Group } from '../fact.ts'
import { fieldsOf, type ServiceResponse } from '../request.ts'
import { variableName } from '../run-name.ts'
import { environmentPath, type Trial } from '../trial.ts'

const SECRETS = 'https://docs.github.com/rest/actions/secrets'

function secretPath(trial: Trial, suffix: string): string {
  return `${environmentPath(trial)}/secrets/${variableName(trial.run, suffix)}`
}

/** https://docs.github.com/rest/guides/encrypting-secrets-for-the-rest-api */
async function writeSecret(trial: Trial, suffix: string): Promise<ServiceResponse> {
  const { json } = await trial.github('GET', `${environmentPath(trial)}/secrets/public-key`)
  const { key, key_id } = fieldsOf(json)
  await sodium.ready
  const sealed = sodium.crypto_box_seal(Buffer.from('no secret'), Buffer.from(String(key), 'base64'))
  const body = { key_id, encrypted_value: Buffer.from(sealed).toString('base64') }
  return trial.github('PUT', secretPath(trial, suffix), { body })
}

/** How far the secret's time is from the `Date` of its own write. */
async function secretTime(trial: Trial): Promise<string> {
  const written = await writeSecret(trial, 'TIME')
  const read = fieldsOf((await trial.github('GET', secretPath(trial, 'TIME'))).json)
  const [at, date] = [Date.parse(String(read.updated_at)), Date.parse(written.headers.get('date') ?? '')]
  const seconds = Math.abs(at - date) / 1000
  return seconds <= 1 ? 'within a second' : `${seconds} s apart`
}

export const GITHUB_SECRETS: Group = {
  title: 'Secrets of an environment',
  missing: trial => (trial.settings.github ? undefined : 'LIVE_GITHUB_TOKEN is not set'),
  facts: [
    {
      name: 'creating a secret, then writing it again',
      emulator: '201, then 204',
      why: SECRETS,
      touches: 'Any 2xx works.',
      probe: async trial => {
        const first = await writeSecret(trial, 'SECRET')
        return `${first.status}, then ${(await writeSecret(trial, 'SECRET')).status}`
      },
    },
    {
      name: "a secret's time and the `Date` of its write",
      emulator: 'within a second',
      why: ASSUMED,
      touches: 'Whether another job wrote the secret since.',
      probe: secretTime,
    },
    {
      name: 'removing a secret, and again',
      emulator: '204, then 404: Not Found',
      why: SECRETS,
      touches: '`delete/` with `environment`: 404 is "gone already".',
      probe: async trial => {
        await writeSecret(trial, 'GONE')
        const first = await trial.github('DELETE', secretPath(trial, 'GONE'))
        const second = await trial.github('DELETE', secretPath(trial, 'GONE'))
        return `${statusAndMessage(first)}, then ${statusAndMessage(second)}`
      },
    },
  ],
}
