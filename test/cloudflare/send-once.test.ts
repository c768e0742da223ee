import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { Agent } from 'undici'
import { afterEach, describe, expect, test } from 'vitest'
import { NoResponseError } from '../../src/http/no-response.ts'
import { type HttpResponse, sendOnce } from '../../src/http/send-once.ts'
import { rejection } from './client.ts'

const MIB = 1024 * 1024
const open: (() => unknown)[] = []

afterEach(() => {
  for (const close of open.splice(0)) close()
})

/** One request to a server that responds so. */
async function send(listener: RequestListener, cut = new AbortController().signal): Promise<HttpResponse> {
  const [server, dispatcher] = [createServer(listener), new Agent({ allowH2: false })]
  open.push(
    () => server.close(),
    () => server.closeAllConnections(),
    () => dispatcher.destroy(),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const url = new URL(`http://127.0.0.1:${port}/path?query`)
  const request = {
    operation: 'send',
    method: 'POST',
    url,
    headers: { authorization: 'x' },
    body: '{}',
  } as const
  return sendOnce(dispatcher, request, cut)
}

describe('a response', () => {
  test('of any status is a response, its header names in lower case, one value each', async () => {
    const received = await send((request, response) => {
      response
        .writeHead(418, { 'CF-Ray': 'r', 'X-Two': ['1', '2'] })
        .end(`${request.method} ${request.url} ü`)
    })
    expect(received).toMatchObject({
      status: 418,
      text: 'POST /path?query ü',
      headers: { 'cf-ray': 'r', 'x-two': '1' },
    })
    expect(received.sentAt).toBeLessThanOrEqual(received.receivedAt)
  })

  test('without a body is empty', async () => {
    expect(await send((_, response) => response.writeHead(204).end())).toMatchObject({
      status: 204,
      text: '',
    })
  })

  test('is whole up to 8 MiB', async () => {
    const received = await send((_, response) => response.end(Buffer.alloc(8 * MIB, 'x')))
    expect(received.text).toHaveLength(8 * MIB)
  })

  test('after an informational one is the response', async () => {
    const received = await send((_, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' })
      response.end('ok')
    })
    expect(received).toMatchObject({ status: 200, text: 'ok' })
  })
})

describe('no response', () => {
  test('that is larger', async () => {
    const error = await rejection(send((_, response) => response.end(Buffer.alloc(8 * MIB + 1, 'x'))))
    expect(error).toBeInstanceOf(NoResponseError)
    expect(error).toMatchObject({ sent: true, message: 'the response is larger than 8 MiB' })
  })

  test('that is cut off', async () => {
    const error = await rejection(
      send((_, response) => {
        response.writeHead(200, { 'Content-Length': 10 }).write('half', () => response.destroy())
      }),
    )
    expect(error).toMatchObject({ name: 'NoResponseError', sent: true })
  })

  test('that is no HTTP', async () => {
    const error = await rejection(send((_, response) => response.socket?.end('hello\r\n')))
    expect(error).toMatchObject({ name: 'NoResponseError', sent: true })
  })

  test('when it was given up before it began: nothing is sent', async () => {
    let asked = 0
    const cut = AbortSignal.abort(new Error('over'))
    const error = await rejection(send(() => asked++, cut))
    expect(error).toMatchObject({ sent: false, message: 'over' })
    expect(asked).toBe(0)
  })

  test('where nobody listens: nothing is sent', async () => {
    const dispatcher = new Agent({ allowH2: false })
    open.push(() => dispatcher.destroy())
    const url = new URL('http://127.0.0.9:9/')
    const request = { operation: 'send', method: 'GET', url, headers: {}, body: null } as const
    const error = await rejection(sendOnce(dispatcher, request, new AbortController().signal))
    expect(error).toMatchObject({
      name: 'NoResponseError',
      sent: false,
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })
})
