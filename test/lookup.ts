import dns from 'node:dns'
import { writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Gives `localhost` the addresses in LOCALHOST_ADDRESSES (IPv4, separated by commas) in the process that preloads this
 * file (`node --import`), so that a test has a host with several addresses. Whoever asks for one gets the first.
 * 300 ms later, when the first SYN was sent long ago, it creates LOOKED_UP_FILE.
 */
const addresses = (process.env.LOCALHOST_ADDRESSES ?? '').split(',').map(address => ({ address, family: 4 }))
const realLookup = dns.lookup

function lookup(host: string, options: dns.LookupOptions, callback: (...results: unknown[]) => void): void {
  if (host !== 'localhost') return void Reflect.apply(realLookup, dns, [host, options, callback])
  const file = process.env.LOOKED_UP_FILE
  if (file) setTimeout(() => writeFileSync(file, ''), 300)
  process.nextTick(() => callback(null, ...(options.all ? [addresses] : Object.values(addresses[0] ?? {}))))
}

Object.assign(dns, { lookup })
syncBuiltinESMExports()
