import { spawnSync } from 'node:child_process'
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { TOKENS } from '../../test/emulator/emulator.ts'
import { ACTION_FOLDERS, readAction } from '../../test/github-runner/action.ts'
import { RECORD_LOADED, readLoaded } from '../../test/github-runner/loaded.ts'
import { account, mintable, minted, variablesOf } from './cases.ts'

/** Kilobytes of dist/ that a step may read: one that sends requests, and one with nothing to do. */
export const MAX_KB = { sending: 600, idle: 70 }

/** The kilobytes of dist/ that each launcher reads, from its start to its end; posts have nothing to do. */
export async function measureBytes(
  root: string,
  folder: string,
  origin: string,
): Promise<{ name: string; kilobytes: number; limit: number }[]> {
  const credentials = await mintable(origin)
  const inputs = {
    '.': { ...account(origin), name: 'bytes' },
    credentials,
    check: { 'ice-servers': await minted(credentials), require: 'udp, tcp' },
    delete: { ...account(origin), name: 'bytes' },
    usage: { ...account(origin), 'api-token': TOKENS.analytics },
  } as const
  return ACTION_FOLDERS.flatMap(of => {
    const action = readAction(root, of)
    return ([action.main, action.post] as const).flatMap(file => {
      if (file === undefined) return []
      const name = file.slice(join(root, 'dist/').length)
      const own = join(folder, `bytes-${name}`)
      mkdirSync(own)
      const env = { ...variablesOf(action, inputs[of], own, 'push'), LOADED: join(own, 'loaded') }
      const run = spawnSync(process.execPath, [...RECORD_LOADED, file], { env, encoding: 'utf8' })
      if (run.status !== 0) throw new Error(`${name} failed:\n${run.stdout}${run.stderr}`)
      const sizes = readLoaded(env.LOADED).files.map(one => statSync(join(root, 'dist', one)).size)
      const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000
      return { name, kilobytes, limit: file === action.post ? MAX_KB.idle : MAX_KB.sending }
    })
  })
}
