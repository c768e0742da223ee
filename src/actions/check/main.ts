import { info } from '../../runner/log.ts'
import type { ActionContext } from '../../runner/run.ts'
import { collectUrlsAndMask, type IceServerUrl } from './ice-servers.ts'
import { type CheckInputs, readCheckInputs } from './inputs.ts'
import { reportChecks, setCheckOutputs, throwUnlessRelayed } from './report.ts'

/** The check action: proves that the TURN servers relay, and outputs which do, and why the others do not. */
export async function main(context: ActionContext): Promise<void> {
  // For a step that fails before there is anything to tell.
  setCheckOutputs([])
  const { source, required, timeout } = readCheckInputs()
  const servers = await readServers(source, context)
  info(`Checking ${servers.length} ${servers.length === 1 ? 'URL' : 'URLs'} for up to ${timeout} seconds.`)

  const { checkUrl } = await import('./check-url.ts')
  const checks = await Promise.all(servers.map(server => checkUrl(server, timeout, context.drain)))
  // What was cut short proves nothing.
  context.drain.throwIfAborted()
  setCheckOutputs(checks)
  await reportChecks(checks, required)
  throwUnlessRelayed(checks, required)
}

async function readServers(source: CheckInputs['source'], context: ActionContext): Promise<readonly IceServerUrl[]> {
  if ('servers' in source) return source.servers
  const { getJsonFromDeployment } = await import('../../http/get-json-from-deployment.ts')
  const client = context.createClient(source.url.host, source)
  return collectUrlsAndMask(
    await getJsonFromDeployment(client, `get the ICE servers from ${source.url.host}${source.url.pathname}`),
  )
}
