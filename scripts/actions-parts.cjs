// What is bundled in place of packages of which nothing is used here. `@actions/core` has `@actions/exec` for its `platform`,
// and `@actions/http-client` for OIDC. `@actions/github` asks an HTTP client for defaults, and its octokit has methods for each
// of GitHub's endpoints, GraphQL, and a client of its own, which reads responses; here it only builds a request from a path
// (see src/github/request.ts).
function leftOut(name) {
  return () => {
    throw new Error(`${name} is left out of this bundle (see scripts/actions-parts.cjs)`)
  }
}

exports.getExecOutput = leftOut('@actions/exec')
exports.BearerCredentialHandler = class {
  constructor() {
    leftOut('OIDC of @actions/core')()
  }
}
exports.HttpClient = class {
  getAgent() {}
  getAgentDispatcher() {}
}

exports.restEndpointMethods = () => ({ rest: new Proxy({}, { get: leftOut('octokit.rest') }) })
exports.paginateRest = () => ({ paginate: leftOut('octokit.paginate') })
exports.withCustomRequest = () => ({ defaults: () => leftOut('octokit.graphql') })
exports.parse = leftOut('reading responses with octokit')
exports.JSONParse = leftOut('reading responses with octokit')
exports.JSONStringify = leftOut('sending requests with octokit')
