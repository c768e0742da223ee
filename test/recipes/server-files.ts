import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../docs/server')

/** What a reader writes into `authenticate`. */
export const FILLED_IN = "return request.headers.get('Cookie')?.match(/^user=(\\w+)$/)?.[1]"
/** Whom that lets in. */
export const COOKIE = { cookie: 'user=anna7' }

/** Copies the files of docs/server into a folder, filled in and edited as by a reader. */
export function copyServer(edits: readonly (readonly [string, string])[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'server-'))
  cpSync(FOLDER, folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const worker = readFileSync(join(folder, 'worker.js'), 'utf8')
  const edited = [['  // Fill this in', `  ${FILLED_IN} //`] as const, ...edits].reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`worker.js has no ${from}`)
      return text.replace(from, to)
    },
    worker,
  )
  writeFileSync(join(folder, 'worker.js'), edited)
  return folder
}

/** Leads what Node's own fetch asks of Cloudflare to the emulator, and says on which port a server listens. */
export function preload(origin: string): string {
  const code = `
    import { Server } from 'node:net'
    await fetch('data:,')
    const dispatcher = Symbol.for('undici.globalDispatcher.1')
    const { [dispatcher]: agent } = globalThis
    const dispatch = (options, handler) => {
      if (options.origin !== 'https://rtc.live.cloudflare.com') throw new Error('asked ' + options.origin)
      return agent.dispatch({ ...options, origin: '${origin}' }, handler)
    }
    globalThis[dispatcher] = { dispatch }
    const { listen } = Server.prototype
    Server.prototype.listen = function () {
      return listen.call(this, 0, '127.0.0.1', () => console.log('port ' + this.address().port))
    }`
  return `data:text/javascript,${encodeURIComponent(code)}`
}
