import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ncc from '@vercel/ncc'
import { licenseTexts } from './licenses.ts'

/** What the runner starts, and the exported function of src/index.ts that it runs. */
const LAUNCHERS = {
  'create.js': 'runCreate',
  'create-post.js': 'runCreatePost',
  'credentials.js': 'runCredentials',
  'credentials-post.js': 'runCredentialsPost',
  'delete.js': 'runDelete',
}

/**
 * What undici loads only when asked to, by a body that is a form or by UNDICI_USE_MILO, which undici-parts.cjs does not
 * let through: without it the download of every job is a quarter smaller.
 */
const LEFT_OUT = [
  '../milo/simd.js',
  '../milo/no-simd.js',
  '../web/fetch/body.js',
  '../web/fetch/formdata',
  '../web/webidl',
]

const root = join(import.meta.dirname, '..')
const lib = join(root, 'lib')
const dist = join(root, process.argv[2] ?? 'dist')

for (const folder of [lib, dist]) rmSync(folder, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })

const tsc = join(root, 'node_modules/typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })

// ncc reads `paths` from the tsconfig of the folder that it runs in, and heeds them inside node_modules too.
const paths = { undici: ['../scripts/undici-parts.cjs'] }
writeFileSync(join(lib, 'tsconfig.json'), JSON.stringify({ compilerOptions: { baseUrl: '.', paths } }))
process.chdir(lib)
const externals = Object.fromEntries(LEFT_OUT.map(part => [part, `undici/left-out/${part}`]))
const { code, assets, stats } = await ncc(join(lib, 'index.js'), {
  cache: false,
  esm: true,
  externals,
  quiet: true,
})

writeFileSync(join(dist, 'index.js'), code)
for (const [file, { source }] of Object.entries(assets)) writeFileSync(join(dist, file), source)
for (const [file, start] of Object.entries(LAUNCHERS)) {
  writeFileSync(join(dist, file), launcher(start, file.endsWith('-post.js')))
}
writeFileSync(join(dist, 'licenses.txt'), licenseTexts(root, stats.toJson()))

/** A launcher must also run on the Node that a runner wrongly starts it with, to say what is wrong. */
function launcher(start: string, isPost: boolean): string {
  return `if (parseInt(process.versions.node) < 24) {
  console.log('::${isPost ? 'warning' : 'error'}::This action needs Node.js 24, and the runner started it with ' + process.version + '. Update the runner to 2.327.1 or later (32-bit ARM runners have no Node.js 24), or the tool that stands in for it.')
  process.exitCode = ${isPost ? 0 : 1}
} else {
  import('./index.js').then(({ ${start} }) => ${start}())
}
`
}
