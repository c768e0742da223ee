import { formOf, statusAndBody, statusAndMessage } from '../describe-response.ts'
import { ASSUMED, type Group } from '../fact.ts'
import { fieldsOf, type ServiceResponse } from '../request.ts'
import { variableName } from '../run-name.ts'
import { environmentPath, type Trial } from '../trial.ts'

const VARIABLES = 'https://docs.github.com/rest/actions/variables'
const LOCK =
  '`environment` and `store`: whose variable was created wrote the pair; a second job begins again.'
const PAIR = '`environment` and `store`: whether the stored pair is healthy.'

function createVariable(trial: Trial, suffix: string): Promise<ServiceResponse> {
  const body = { name: variableName(trial.run, suffix), value: 'a' }
  return trial.github('POST', `${environmentPath(trial)}/variables`, { body })
}

function variable(trial: Trial, method: string, suffix: string): Promise<ServiceResponse> {
  return trial.github(method, `${environmentPath(trial)}/variables/${variableName(trial.run, suffix)}`)
}

export const GITHUB_VARIABLES: Group = {
  title: 'Variables of an environment',
  missing: trial => (trial.settings.github ? undefined : 'LIVE_GITHUB_TOKEN is not set'),
  facts: [
    {
      name: 'creating a variable',
      emulator: '201, JSON',
      alsoRight: /^201, no body$/,
      why: VARIABLES,
      touches: LOCK,
      probe: async trial => statusAndBody(await createVariable(trial, 'NEW')),
    },
    {
      name: 'creating one that exists',
      emulator: '409: Already exists - Variable already exists',
      why: 'https://github.com/cli/cli/pull/6928',
      touches: LOCK,
      probe: async trial => {
        await createVariable(trial, 'TWICE')
        return statusAndMessage(await createVariable(trial, 'TWICE'))
      },
    },
    {
      name: 'removing a variable, and again',
      emulator: '204, then 404: Not Found',
      why: VARIABLES,
      touches: LOCK,
      probe: async trial => {
        await createVariable(trial, 'REMOVED')
        const first = await variable(trial, 'DELETE', 'REMOVED')
        const second = await variable(trial, 'DELETE', 'REMOVED')
        return `${statusAndMessage(first)}, then ${statusAndMessage(second)}`
      },
    },
    {
      name: 'a variable is there right after its creation, and gone right after its removal',
      emulator: '200, then 404',
      why: ASSUMED,
      touches: 'What a look finds wrong is asked once more after a second.',
      probe: async trial => {
        await createVariable(trial, 'LAG')
        const there = await variable(trial, 'GET', 'LAG')
        await variable(trial, 'DELETE', 'LAG')
        return `${there.status}, then ${(await variable(trial, 'GET', 'LAG')).status}`
      },
    },
    {
      name: 'the form of `updated_at`, in whole seconds',
      emulator: '0000-00-00T00:00:00Z',
      why: VARIABLES,
      touches: PAIR,
      probe: async trial => {
        await createVariable(trial, 'FORM')
        return formOf(fieldsOf((await variable(trial, 'GET', 'FORM')).json).updated_at)
      },
    },
  ],
}
