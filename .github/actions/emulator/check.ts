const { 'INPUT_KEYS-LEFT': expected = '', STATE_keys: url = '' } = process.env

/** The names of the keys that the emulator has. */
async function namesLeft(): Promise<string[]> {
  const keys: unknown = await (await fetch(url)).json()
  if (!Array.isArray(keys)) throw new Error(`${url} gave no list`)
  return keys.map(({ name }) => String(name)).sort()
}

const left = await namesLeft()
const wanted = expected.split('\n').filter(Boolean).sort()
console.log(`Keys left: ${left.join(', ') || 'none'}`)
if (left.join('\n') !== wanted.join('\n')) {
  console.log(`::error::Left should be: ${wanted.join(', ') || 'none'}`)
  process.exitCode = 1
}
