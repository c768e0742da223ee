import { describe } from 'vitest'
import { type CertificateFlaw, createFlawed } from '../emulator/certificate.ts'
import { create, it, problemsOf } from './step.ts'

/** What is wrong with a certificate, Node's words for it, and what to do. */
const FLAWS: readonly [CertificateFlaw, string, RegExp][] = [
  [
    'expired',
    'certificate has expired',
    /This machine's clock says \d{4}-\d\d-\d\dT[\d:.]+Z: set it if that is wrong/,
  ],
  ['not yet valid', 'certificate is not yet valid', /This machine's clock says \d{4}-\d\d-\d\dT/],
  [
    'for another host',
    "does not match certificate's altnames",
    /The certificate is for another host than 127\.0\.0\.1:\d+/,
  ],
]

describe.concurrent('a certificate', () => {
  for (const [flaw, words, hint] of FLAWS) {
    it(`${flaw}: says so, and is tried once`, async ({ emulatorWith, expect }) => {
      const { file, ...certificate } = createFlawed(flaw)
      const emulator = await emulatorWith({ certificate })
      const run = await create(emulator, {}, { env: { NODE_EXTRA_CA_CERTS: file } })
      const [problem, ...others] = problemsOf(run)
      expect(others).toEqual([])
      expect(problem).toContain(words)
      expect(problem).toMatch(hint)
      expect(problem).not.toContain('NODE_EXTRA_CA_CERTS')
      expect(run.log).not.toContain('Retrying')
    })
  }

  it('of a proxy, for another host: says so, and is tried once', async ({ emulatorWith, expect }) => {
    const { file, ...certificate } = createFlawed('for another host')
    const proxy = await emulatorWith({ certificate })
    const env = { https_proxy: proxy.origin, NODE_EXTRA_CA_CERTS: file }
    const run = await create({ apiUrl: 'https://service.invalid/client/v4' }, {}, { env })
    expect(problemsOf(run)[0]).toMatch(/The certificate is for another host than service\.invalid/)
    expect(run.log).not.toContain('Retrying')
  })

  it('is not what is wrong with a host of that name', async ({ emulator, expect }) => {
    const apiUrl = 'https://certificate.invalid/client/v4'
    const run = await create({ apiUrl }, {}, emulator.clock.skipping())
    expect(run.log).toContain('Retrying for 15 seconds')
    expect(problemsOf(run)[0]).toContain('Check the network of this runner')
  })

  it('that nobody here trusts: says which variable names one', async ({ emulator, expect }) => {
    const run = await create(emulator, {}, { env: { NODE_EXTRA_CA_CERTS: '' } })
    expect(problemsOf(run)[0]).toMatch(/self-signed certificate.* set NODE_EXTRA_CA_CERTS to its certificate/)
    expect(problemsOf(run)[0]).not.toContain('clock')
  })
})

describe.concurrent('a proxy of another scheme than http and https', () => {
  for (const [variable, value] of [
    ['https_proxy', 'socks5h://user:proxy-pass@127.0.0.1:1080'],
    ['HTTPS_PROXY', 'socks5://127.0.0.1:1080'],
    ['https_proxy', 'ftp://127.0.0.1'],
  ] as const) {
    it(`${variable}=${value.replace(/\/\/.*@/, '//…@')} is named by its variable, before any request`, async ({
      emulator,
      expect,
    }) => {
      const run = await create(emulator, {}, { env: { [variable]: value } })
      const scheme = value.split(':', 1)[0]
      expect(problemsOf(run)).toEqual([
        expect.stringContaining(`The environment variable ${variable} has a proxy of the scheme ${scheme},`),
      ])
      expect(run.log).not.toContain('proxy-pass')
      expect(emulator.requests).toEqual([])
    })
  }

  it('that cannot be read at all, too', async ({ emulator, expect }) => {
    const run = await create(emulator, {}, { env: { HTTPS_PROXY: 'http://[' } })
    expect(problemsOf(run)).toEqual([
      'The environment variable HTTPS_PROXY is not a URL: write http://host:port.',
    ])
  })
})
