import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
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
  'check.js': 'runCheck',
  'usage.js': 'runUsage',
}

/**
 * The files of undici that no request of ours reaches, and what each exports instead: HTTP/2, which is off; bodies that are
 * forms or streams of fetch's; and the parser that UNDICI_USE_MILO asks for, and does not get. `leftOut` throws. The tree of
 * well-known header names takes longer to grow than a step's few responses gain by it: without it, names are decoded.
 */
const LEFT_OUT = {
  'lib/core/tree.js': '{ TernarySearchTree: leftOut, tree: { lookup: () => null } }',
  'lib/dispatcher/client-h2.js': 'leftOut',
  'lib/dispatcher/parser-h1.js': '{ getMiloEnabled: () => false, H1Parser: leftOut }',
  'lib/web/fetch/body.js': '{ extractBody: leftOut }',
  'lib/web/fetch/formdata.js': '{}',
  'lib/web/webidl/index.js': '{ webidl: { is: { FormData: leftOut } } }',
}

/**
 * Node's modules that take milliseconds to load, and what is loaded in their place: by name, a file of dist/ and its source.
 * `@actions/core` takes a random id for each output, and promises for the summary alone. Of node:http, undici takes a
 * default, and a class to tell responses from that no request here gets.
 */
const BUILTINS = {
  crypto: [
    'lazy-crypto.js',
    "module.exports = new Proxy({}, { get: (_, name) => require('node:crypto')[name] })\n",
  ],
  fs: [
    'lazy-fs.js',
    `const fs = require('node:fs')
const promises = new Proxy({}, { get: (_, name) => (...given) => fs.promises[name](...given) })
module.exports = Object.create(fs, { promises: { value: promises } })
`,
  ],
  'node:http': ['http-defaults.js', 'exports.maxHeaderSize = 16384\nexports.IncomingMessage = class {}\n'],
} as const

const root = join(import.meta.dirname, '..')
const lib = join(root, 'lib')
const dist = join(root, process.argv[2] ?? 'dist')

for (const folder of [lib, dist]) rmSync(folder, { recursive: true, force: true })
mkdirSync(dist, { recursive: true })

const tsc = join(root, 'node_modules/typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '--project', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' })

const undici = join(lib, 'node_modules/undici')
// Without comments, a quarter less to read and to parse at each start.
execFileSync(process.execPath, [tsc, '--project', 'tsconfig.undici.json'], { cwd: root, stdio: 'inherit' })
cpSync(join(root, 'node_modules/undici/package.json'), join(undici, 'package.json'))
for (const [file, exported] of Object.entries(LEFT_OUT)) {
  const message = `undici/${file} is left out of this bundle (see scripts/build.ts)`
  const source = `function leftOut() {\n  throw new Error('${message}')\n}\nmodule.exports = ${exported}\n`
  if (!existsSync(join(undici, file))) throw new Error(`undici has no ${file}`)
  writeFileSync(join(undici, file), source)
}

// ncc reads `paths` from the tsconfig of the folder that it runs in, and heeds them inside node_modules too.
const unused = [
  '@actions/exec',
  '@actions/http-client',
  '@actions/http-client/lib/auth',
  '@octokit/graphql',
  '@octokit/plugin-paginate-rest',
  '@octokit/plugin-rest-endpoint-methods',
  'content-type',
  'json-with-bigint',
]
const paths = {
  undici: ['../scripts/undici-parts.cjs'],
  'undici/*': ['./node_modules/undici/*'],
  ...Object.fromEntries(unused.map(name => [name, ['../scripts/actions-parts.cjs']])),
}
writeFileSync(join(lib, 'tsconfig.json'), JSON.stringify({ compilerOptions: { baseUrl: '.', paths } }))
process.chdir(lib)
// CommonJS: its loader starts faster than that of ES modules.
const externals = Object.fromEntries(Object.entries(BUILTINS).map(([name, [file]]) => [name, `./${file}`]))
const { code, assets, stats } = await ncc(join(lib, 'index.js'), {
  cache: false,
  esm: false,
  quiet: true,
  externals,
})

const ids = chunkIdsBySize(assets)
writeFileSync(join(dist, 'index.js'), withChunkIds(code, ids))
for (const [file, source] of Object.values(BUILTINS)) writeFileSync(join(dist, file), source)
writeFileSync(join(dist, 'package.json'), '{"type":"commonjs"}\n')
for (const [file, { source }] of Object.entries(assets)) {
  const [id = ''] = file.split('.')
  writeFileSync(join(dist, `${ids.get(id)}.index.js`), withChunkIds(String(source), ids))
}
for (const [file, start] of Object.entries(LAUNCHERS)) {
  writeFileSync(join(dist, file), launcher(start, file.endsWith('-post.js')))
}
writeFileSync(join(dist, 'licenses.txt'), licenseTexts(root, stats.toJson()))

/**
 * webpack numbers chunks by hashes. Numbered by size, from 10 on, our own lie beside each other in an archive, which is
 * smaller by 1 %, and does not change with the name of a file.
 */
function chunkIdsBySize(
  chunks: Readonly<Record<string, { readonly source: string | Buffer }>>,
): Map<string, number> {
  const bySize = Object.entries(chunks).sort(([, one], [, other]) => one.source.length - other.source.length)
  return new Map(bySize.map(([file], index) => [file.split('.')[0] ?? '', 10 + index]))
}

/** A chunk says its own numbers first, and is loaded by `require.e`. */
function withChunkIds(source: string, ids: ReadonlyMap<string, number>): string {
  return source
    .replace(/^exports\.ids? = .*$/gm, line => line.replace(/\d+/g, id => `${ids.get(id)}`))
    .replace(
      /(__(?:webpack|nccwpck)_require__\.e\((?:\/\* import\(\) \*\/ )?)(\d+)\)/g,
      (_, call, id) => `${call}${ids.get(id)})`,
    )
}

/** A launcher must also run on the Node that a runner wrongly starts it with, to say what is wrong. */
function launcher(start: string, isPost: boolean): string {
  return `if (parseInt(process.versions.node) < 24) {
  console.log('::${isPost ? 'warning' : 'error'}::This action needs Node.js 24, and the runner started it with ' + process.version + '. Update the runner to 2.327.1 or later (32-bit ARM runners have no Node.js 24), or the tool that stands in for it.')
  process.exitCode = ${isPost ? 0 : 1}
} else {
  require('./index.js').${start}()
}
`
}
