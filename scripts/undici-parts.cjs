// What is bundled in place of the package `undici`: only the parts in use, which halves the bundle and the time to
// load it. `@actions/github` names fetch, which nothing here calls (see src/github/request.ts). A part that is
// missing fails the build.

exports.Agent = require('undici/lib/dispatcher/agent.js')
// Run only where there is a proxy.
Object.defineProperty(exports, 'EnvHttpProxyAgent', {
  enumerable: true,
  get: () => require('undici/lib/dispatcher/env-http-proxy-agent.js'),
})
exports.fetch = () => {
  throw new Error('fetch of undici is left out of this bundle (see scripts/undici-parts.cjs)')
}
// undici's index gives every dispatcher its methods; with this one ProxyAgent asks a proxy for a tunnel.
require('undici/lib/dispatcher/dispatcher.js').prototype.connect = require('undici/lib/api/api-connect.js')
