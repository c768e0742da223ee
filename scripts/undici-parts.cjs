// What is bundled in place of the package `undici`: only the parts in use, which halves the bundle and the time to
// load it. `@actions/http-client` asks for ProxyAgent, `@actions/github` for fetch (which ours replaces, see
// src/github/fetch.ts). A part that is missing fails the build.
// A job may ask its own undici for a parser that is left out here (see scripts/build.ts); undici reads this when loaded.
delete process.env.UNDICI_USE_MILO

exports.Agent = require('undici/lib/dispatcher/agent')
exports.ProxyAgent = require('undici/lib/dispatcher/proxy-agent')
exports.EnvHttpProxyAgent = require('undici/lib/dispatcher/env-http-proxy-agent')
exports.fetch = globalThis.fetch
// undici's index gives every dispatcher its methods; with this one ProxyAgent asks a proxy for a tunnel.
require('undici/lib/dispatcher/dispatcher').prototype.connect = require('undici/lib/api/api-connect')
