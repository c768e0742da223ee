// Stands in for npx and the like in a script of a recipe: writes down what it was given, and fails when it is told to.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

const args = process.argv.slice(2)
const { STAND_IN_LOG = '', STAND_IN_FAILS = '' } = process.env
const files = args.filter(arg => existsSync(arg)).map(file => readFileSync(file, 'utf8'))
const given = [readFileSync(0, 'utf8'), ...files].join('')
appendFileSync(STAND_IN_LOG, `${JSON.stringify({ args, given })}\n`)
if (STAND_IN_FAILS !== '' && args.join(' ').includes(STAND_IN_FAILS)) process.exit(1)
if (args.includes('--json')) {
  // As wrangler 4.164.0 prints a preview.
  const urls = ['https://pr-7-app.octo.workers.dev']
  console.log(JSON.stringify({ preview: { name: 'pr-7', urls }, deployment: { urls } }, null, 2))
}
