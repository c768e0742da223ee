import { formOf, statusAndMessage } from '../describe-response.ts'
import { type Group, NotAsked } from '../fact.ts'
import { fieldsOf, listOf } from '../request.ts'
import type { Trial } from '../trial.ts'

const REFS = 'https://docs.github.com/rest/git/refs#list-matching-references'
const ORPHANED =
  '`orphaned`: only a list without the ref says that a branch or tag is gone; 404 says nothing.'
/** A number that no pull request and no run has. */
const NONE = 999_999_999

async function pages(trial: Trial): Promise<string | NotAsked> {
  const { headers, json } = await trial.github('GET', '/git/matching-refs/heads?per_page=1')
  const next = /[?&]page=2[&>][^,]*rel="next"/.test(headers.get('link') ?? '')
  const count = listOf(json).length
  if (count < 2 && !next) return new NotAsked('the repository has fewer than two branches')
  return `${count === 1 ? '1' : 'all'} on the page, ${next ? 'a link to the next' : 'no link to the next'}`
}

/** What `orphaned` asks. */
export const GITHUB_OWNERS: Group = {
  title: 'Owners of keys on GitHub',
  missing: trial => (trial.settings.github ? undefined : 'LIVE_GITHUB_TOKEN is not set'),
  facts: [
    {
      name: 'the form of the `created_at` of a repository',
      emulator: '0000-00-00T00:00:00Z',
      why: 'https://docs.github.com/rest/repos/repos#get-a-repository',
      touches: '`orphaned`: a key that is older than the repository is kept.',
      probe: async trial => formOf(fieldsOf((await trial.github('GET', '')).json).created_at),
    },
    {
      name: 'refs that nobody has',
      emulator: '200, 0 refs',
      why: REFS,
      touches: ORPHANED,
      probe: async trial => {
        const { status, json } = await trial.github('GET', '/git/matching-refs/heads/no-such-branch')
        return `${status}, ${Array.isArray(json) ? `${json.length} refs` : 'no list'}`
      },
    },
    {
      name: 'more refs than a page has',
      emulator: '1 on the page, a link to the next',
      why: REFS,
      touches: ORPHANED,
      probe: pages,
    },
    {
      name: 'a pull request that does not exist',
      emulator: '404: Not Found',
      why: 'https://docs.github.com/rest/pulls/pulls#get-a-pull-request',
      touches: '`orphaned`: 404 proves nothing, and the key is kept.',
      probe: async trial => statusAndMessage(await trial.github('GET', `/pulls/${NONE}`)),
    },
    {
      name: 'a workflow run that does not exist',
      emulator: '404: Not Found',
      why: 'https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run',
      touches: '`orphaned`: 404 proves nothing, and the key is kept.',
      probe: async trial => statusAndMessage(await trial.github('GET', `/actions/runs/${NONE}`)),
    },
  ],
}
