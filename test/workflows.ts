import { registerLogger, validate } from '@actions/languageservice'
import { checkOutputs } from './workflows/outputs.ts'
import { findAction, NAME } from './workflows/own-action.ts'

export { asWorkflow, DOCUMENTS, yamlBlocks } from './workflows/blocks.ts'

let documents = 0

/** Checks a workflow against GitHub's own schema and against our actions in `root`; gives what is wrong with it. */
export async function checkWorkflow(workflow: string, root: string): Promise<string[]> {
  const problems: string[] = []
  const crashed = (message: string): void => void problems.push(message)
  // It reports its own failures to the logger only, and then finds nothing.
  registerLogger({ error: crashed, warn: crashed, info: () => {}, log: () => {} })
  // The service looks at no action of the same repository, so that one is named as others would.
  const text = workflow.replaceAll(
    /(\buses: *['"]?)\.\/([\w-]*)(?=['"\s]|$)/g,
    (_, uses: string, folder: string) => {
      return `${uses}OWNER/${NAME}${folder === '' ? '' : `/${folder}`}@v1`
    },
  )
  const fetchActionMetadata: Fetch = async ({ owner, name, path }) =>
    metadata(findAction(root, [owner, name, path].filter(part => part !== undefined).join('/')))
  const found = await validate(textDocument(text), { actionsMetadataProvider: { fetchActionMetadata } })
  for (const { message, range } of found) problems.push(`line ${range.start.line + 1}: ${message}`)
  return [...problems, ...checkOutputs(text, root)]
}

/** The service reads the text only. It remembers results by address, so each text has its own. */
function textDocument(text: string): Parameters<typeof validate>[0] {
  const unused = (): never => {
    throw new Error('positions are not kept')
  }
  return {
    uri: `file:///${++documents}/.github/workflows/example.yml`,
    languageId: 'yaml',
    version: 1,
    lineCount: text.split('\n').length,
    getText: () => text,
    positionAt: unused,
    offsetAt: unused,
    getLineRange: unused,
    getEOLCharacters: unused,
  }
}

type Config = NonNullable<Parameters<typeof validate>[1]>
type Fetch = NonNullable<Config['actionsMetadataProvider']>['fetchActionMetadata']

/** To the service, no metadata is an action that does not exist; without inputs it is one whose inputs are not checked. */
function metadata(action: ReturnType<typeof findAction>): Awaited<ReturnType<Fetch>> {
  if (action === 'missing') return undefined
  if (action === 'foreign') return { name: '', description: '' }
  const inputs = action.inputs.map(({ name, default: preset, ...rest }) => [
    name,
    preset === undefined ? rest : { ...rest, default: preset },
  ])
  return { name: action.name, description: '', inputs: Object.fromEntries(inputs) }
}
