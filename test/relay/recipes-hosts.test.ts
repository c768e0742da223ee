import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Emulator } from '../emulator/emulator.ts'
import { HEAD_SHA } from '../recipes/reader.ts'
import { makeApp } from './recipes/apps.ts'
import { type Cluster, startCluster } from './recipes/kubernetes.ts'
import { startNetlify } from './recipes/netlify.ts'
import { leaks, playForReal, startStage } from './recipes/play.ts'
import { KUBECTL } from './recipes/tools.ts'
import { startVercel, type Vercel } from './recipes/vercel.ts'

const DEPLOY = 'docs/deploy.md'
const PREVIEWS = 'docs/previews.md'

/** A key that an environment has, as `One key per environment` stores it. */
function storeKey(
  { github, seedKey }: Emulator,
  environment: string,
): { TURN_KEY_ID: string; TURN_KEY_API_TOKEN: string } {
  const { uid, secret } = seedKey({ name: `octo/app:${environment}` })
  github.addEnvironment(environment)
  github.setSecret(environment, 'TURN_KEY_API_TOKEN', secret)
  github.setVariable(environment, 'TURN_KEY_ID', uid)
  return { TURN_KEY_ID: uid, TURN_KEY_API_TOKEN: secret }
}

/** What each recipe refuses. */
async function refusesEmptyPair(file: string, title: string, event: string, settings = {}): Promise<number> {
  const stage = await startStage()
  storeKey(stage.emulator, file === DEPLOY ? 'production' : 'preview')
  const recipe = [file, title] as const
  const options = { settings, without: ['TURN_KEY_API_TOKEN'] }
  const { succeeded, log } = await playForReal(stage, recipe, event, makeApp(), options)
  expect([succeeded, log]).toEqual([false, expect.stringContaining('TURN_KEY_API_TOKEN: is empty')])
  return stage.emulator.requests.filter(({ operation }) => operation.startsWith('pages')).length
}

describe('Pages, with the real Wrangler', () => {
  test('production: what was built is deployed with the pair', async () => {
    const stage = await startStage()
    stage.emulator.pages.add('my-app')
    const secrets = storeKey(stage.emulator, 'production')
    const outcome = await playForReal(stage, [DEPLOY, 'Pages'], 'push', makeApp())
    expect([outcome.log, outcome.succeeded]).toEqual([expect.any(String), true])
    const files = { '/index.html': '<h1>hello</h1>\n' }
    const deployments = stage.emulator.pages.deployments('my-app')
    expect(deployments).toMatchObject([{ branch: 'main', environment: 'production', files, secrets }])
    expect(leaks(stage, outcome)).toEqual([])
  })

  test("a preview has the previews' pair and a link; closing deletes its deployments, and no other", async () => {
    const stage = await startStage()
    stage.emulator.pages.add('my-app')
    const secrets = storeKey(stage.emulator, 'preview')
    const app = makeApp()
    const outcome = await playForReal(stage, [PREVIEWS, 'Pages'], 'opened', app)
    expect([outcome.log, outcome.succeeded]).toEqual([expect.any(String), true])
    const deployments = stage.emulator.pages.deployments('my-app')
    expect(deployments).toMatchObject([{ branch: 'pr-7', environment: 'preview', secrets }])
    const targetUrl = 'https://pr-7.my-app.pages.dev'
    expect(stage.emulator.github.statuses()).toEqual([
      { sha: HEAD_SHA, state: 'success', context: 'preview', targetUrl },
    ])
    expect(leaks(stage, outcome)).toEqual([])
    storeKey(stage.emulator, 'production')
    await playForReal(stage, [DEPLOY, 'Pages'], 'push', app)
    expect(await playForReal(stage, [PREVIEWS, 'Pages'], 'closed', app)).toMatchObject({ succeeded: true })
    expect(stage.emulator.pages.deployments('my-app').map(({ branch }) => branch)).toEqual(['main'])
  })

  test('closing finds all deployments of a pull request among many of others, and none where there is none', async () => {
    const stage = await startStage()
    const { pages } = stage.emulator
    pages.add('my-app')
    const close = () => playForReal(stage, [PREVIEWS, 'Pages'], 'closed', makeApp())
    expect(await close()).toMatchObject({ succeeded: true })
    pages.addPreviews('my-app', 'pr-7', 30)
    pages.addPreviews('my-app', 'pr-77', 40)
    const outcome = await close()
    expect([outcome.log, outcome.succeeded]).toEqual([expect.any(String), true])
    const left = pages.deployments('my-app').map(({ branch }) => branch)
    expect([left.length, new Set(left)]).toEqual([40, new Set(['pr-77'])])
    expect(leaks(stage, outcome)).toEqual([])
  })

  test('closing takes a deployment that is gone already for done', async () => {
    const stage = await startStage()
    const { pages, injectFault } = stage.emulator
    pages.add('my-app')
    pages.addPreviews('my-app', 'pr-7', 3)
    injectFault({ on: 'pages-deployment-delete', kind: 'error', status: 404 })
    expect(await playForReal(stage, [PREVIEWS, 'Pages'], 'closed', makeApp())).toMatchObject({
      succeeded: true,
    })
    expect(pages.deployments('my-app')).toHaveLength(1)
  })

  test("closing fails with Cloudflare's words where it refuses", async () => {
    const stage = await startStage()
    const { succeeded, log } = await playForReal(stage, [PREVIEWS, 'Pages'], 'closed', makeApp())
    expect([succeeded, log]).toEqual([false, expect.stringContaining('Project not found.')])
  })

  test.each([
    [DEPLOY, 'push'],
    [PREVIEWS, 'opened'],
  ])('%s: an empty pair is refused before Pages is asked', async (file, event) => {
    expect(await refusesEmptyPair(file, 'Pages', event)).toBe(0)
  })
})

/** Vercel's command line takes the address of the API from its own configuration. */
async function vercelOnLoopback(): Promise<{ vercel: Vercel; settings: Record<string, string> }> {
  const vercel = await startVercel()
  onTestFinished(() => vercel.stop())
  const home = mkdtempSync(join(tmpdir(), 'vercel-'))
  mkdirSync(join(home, 'com.vercel.cli'))
  writeFileSync(join(home, 'com.vercel.cli/config.json'), JSON.stringify({ api: vercel.url }))
  return { vercel, settings: { XDG_DATA_HOME: home } }
}

/** The checkout of a branch by its name, as `ref` makes it. */
function checkout(branch: string): string {
  const app = makeApp()
  const git = (...args: string[]) => spawnSync('git', args, { cwd: app })
  git('init', '--quiet', '--initial-branch', branch)
  git('add', '--all')
  git('-c', 'user.name=octo', '-c', 'user.email=octo@example.com', 'commit', '--quiet', '--message', 'App')
  return app
}

describe('Vercel, with its real command line', () => {
  test('a preview has variables of its branch, which closing removes with the key', async () => {
    const stage = await startStage()
    const { vercel, settings } = await vercelOnLoopback()
    const app = checkout('feature')
    const outcome = await playForReal(stage, [PREVIEWS, 'Vercel'], 'opened', app, { settings })
    expect([outcome.log, outcome.succeeded]).toEqual([expect.any(String), true])
    const [key] = stage.emulator.keys()
    const scope = { type: 'sensitive', target: ['preview'], gitBranch: 'feature' }
    expect(vercel.variables.get('TURN_KEY_ID preview feature')).toMatchObject({ value: key?.uid })
    expect(vercel.variables.get('TURN_KEY_API_TOKEN preview feature')).toMatchObject({
      value: key?.secret,
      ...scope,
    })
    expect(vercel.deployments).toEqual([{ branch: 'feature', target: undefined }])
    expect(stage.emulator.github.statuses()).toMatchObject([{ targetUrl: 'https://my-app-abc.vercel.app' }])
    expect(leaks(stage, outcome)).toEqual([])
    for (const _ of ['first', 'again']) {
      const closed = await playForReal(stage, [PREVIEWS, 'Vercel'], 'closed', app, { settings })
      expect([closed.log, closed.succeeded]).toEqual([expect.any(String), true])
      expect([vercel.variables.size, stage.emulator.keys()]).toEqual([0, []])
    }
  })

  test('production', async () => {
    const stage = await startStage()
    const { vercel, settings } = await vercelOnLoopback()
    const { TURN_KEY_API_TOKEN: value } = storeKey(stage.emulator, 'production')
    const outcome = await playForReal(stage, [DEPLOY, 'Vercel'], 'push', checkout('main'), { settings })
    expect([outcome.log, outcome.succeeded]).toEqual([expect.any(String), true])
    const stored = vercel.variables.get('TURN_KEY_API_TOKEN production')
    expect(stored).toMatchObject({ value, type: 'sensitive', target: ['production'] })
    expect(vercel.deployments).toEqual([{ branch: 'main', target: 'production' }])
    expect(leaks(stage, outcome)).toEqual([])
  })

  test('an empty pair is refused', async () => {
    await refusesEmptyPair(DEPLOY, 'Vercel', 'push')
  })
})

describe('Netlify', () => {
  test.each([
    [PREVIEWS, 'workflow_dispatch', 'preview', 'deploy-preview'],
    [DEPLOY, 'push', 'production', 'production'],
  ])('%s: the pair goes to one context, and to no other', async (file, event, environment, context) => {
    const stage = await startStage()
    const netlify = await startNetlify('TURN_KEY_ID', 'TURN_KEY_API_TOKEN')
    onTestFinished(() => netlify.stop())
    const pair = storeKey(stage.emulator, environment)
    const settings = { NETLIFY_API_URL: `${netlify.url}/api/v1` }
    const outcome = await playForReal(stage, [file, 'Netlify'], event, makeApp(), { settings })
    for (const [name, value] of Object.entries(pair)) {
      const other = context === 'production' ? 'deploy-preview' : 'production'
      expect(netlify.variables.get(name)).toEqual({ [context]: value, [other]: 'unset' })
    }
    expect(leaks(stage, outcome)).toEqual([])
    // A part of what the command line asks for has an address that no setting changes: it goes that far, and no further.
    if (file === DEPLOY) expect(stage.machine.fence.refused).toContain('api.netlifysdk.com:443')
    else expect(outcome.succeeded).toBe(true)
  })

  test('a variable that was never created fails the job', async () => {
    const stage = await startStage()
    const netlify = await startNetlify('TURN_KEY_ID')
    onTestFinished(() => netlify.stop())
    storeKey(stage.emulator, 'preview')
    const settings = { NETLIFY_API_URL: `${netlify.url}/api/v1` }
    const outcome = await playForReal(stage, [PREVIEWS, 'Netlify'], 'workflow_dispatch', makeApp(), {
      settings,
    })
    expect([outcome.succeeded, outcome.log]).toEqual([false, expect.stringContaining('404')])
  })

  test('an empty pair is refused', async () => {
    await refusesEmptyPair(DEPLOY, 'Netlify', 'push')
    await refusesEmptyPair(PREVIEWS, 'Netlify', 'workflow_dispatch')
  })
})

const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'my-app' },
  spec: {
    selector: { matchLabels: { app: 'my-app' } },
    template: {
      metadata: { labels: { app: 'my-app' } },
      spec: { containers: [{ name: 'app', image: 'app', envFrom: [{ secretRef: { name: 'turn' } }] }] },
    },
  },
}

/** The real kubectl, and a kubeconfig for the cluster. */
async function clusterOnLoopback(
  comesUp: boolean,
): Promise<{ cluster: Cluster; settings: Record<string, string> }> {
  const cluster = await startCluster(comesUp)
  onTestFinished(() => cluster.stop())
  const KUBECONFIG = join(mkdtempSync(join(tmpdir(), 'kube-')), 'config')
  const clusters = [{ name: 'one', cluster: { server: cluster.url } }]
  const contexts = [{ name: 'one', context: { cluster: 'one', user: 'one' } }]
  const users = [{ name: 'one', user: {} }]
  const config = { apiVersion: 'v1', kind: 'Config', clusters, contexts, users, 'current-context': 'one' }
  writeFileSync(KUBECONFIG, JSON.stringify(config))
  return { cluster, settings: { KUBECONFIG } }
}

describe(`Kubernetes, with the real kubectl in ${KUBECTL.split('/').at(-1)}`, () => {
  const files = { 'deployment.yml': JSON.stringify(DEPLOYMENT) }

  test('the pair is applied as a secret, and the rollout is waited for', async () => {
    const stage = await startStage()
    const { cluster, settings } = await clusterOnLoopback(true)
    const pair = storeKey(stage.emulator, 'production')
    const outcome = await playForReal(stage, [DEPLOY, 'Kubernetes'], 'push', makeApp(undefined, files), {
      settings,
    })
    expect([outcome.log, outcome.succeeded]).toEqual([
      expect.stringContaining('successfully rolled out'),
      true,
    ])
    const data = Object.entries(pair).map(([name, value]) => [name, Buffer.from(value).toString('base64')])
    const secret = cluster.objects.get('secrets/turn')
    expect(secret).toMatchObject({ data: Object.fromEntries(data) })
    expect(JSON.stringify(secret)).not.toContain('last-applied-configuration')
    expect(leaks(stage, outcome)).toEqual([])
  })

  test('pods that crash fail the job', async () => {
    const stage = await startStage()
    const { settings } = await clusterOnLoopback(false)
    storeKey(stage.emulator, 'production')
    const app = makeApp(undefined, files)
    const outcome = await playForReal(stage, [DEPLOY, 'Kubernetes'], 'push', app, { settings })
    expect([outcome.succeeded, outcome.log]).toEqual([
      false,
      expect.stringContaining('exceeded its progress deadline'),
    ])
  })

  test('an empty pair is refused before the cluster is asked', async () => {
    const { cluster, settings } = await clusterOnLoopback(true)
    await refusesEmptyPair(DEPLOY, 'Kubernetes', 'push', settings)
    expect(cluster.requests).toEqual([])
  })
})
