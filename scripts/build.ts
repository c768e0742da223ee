import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { licenseTexts } from './licenses.ts'

/** What the runner starts, and the exported function of src/index.ts that it runs. */
const LAUNCHERS = {
  'create.js': 'runCreate',
  'create-post.js': 'runCreatePost',
  'credentials.js': 'runCredentials',
  'credentials-post.js': 'runCredentialsPost',
  'delete.js': 'runDelete',
}

const root = join(import.meta.dirname, '..')
const lib = join(root, 'lib')
const dist = join(root, process.argv[2] ?? 'dist')
const bin = (name: string) => join(root, 'node_modules', '.bin', name)
const windows = process.platform === 'win32'

// ncc leaves files of earlier builds where they are.
for (const folder of [lib, dist]) rmSync(folder, { recursive: true, force: true })

execFileSync(bin('tsc'), ['--project', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
  shell: windows,
})

// ncc reads `paths` from the tsconfig of the folder that it runs in, and heeds them inside node_modules too.
const paths = { undici: ['../scripts/undici-parts.cjs'] }
writeFileSync(join(lib, 'tsconfig.json'), JSON.stringify({ compilerOptions: { baseUrl: '.', paths } }))
const stats = join(lib, 'stats.json')
execFileSync(bin('ncc'), ['build', 'index.js', '--out', dist, '--stats-out', stats, '--quiet'], {
  cwd: lib,
  stdio: 'inherit',
  shell: windows,
})

mkdirSync(dist, { recursive: true })
for (const [file, start] of Object.entries(LAUNCHERS)) {
  writeFileSync(join(dist, file), `import { ${start} } from './index.js'\n\n${start}()\n`)
}
writeFileSync(join(dist, 'licenses.txt'), licenseTexts(root, stats))
