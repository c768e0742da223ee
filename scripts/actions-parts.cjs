// What is bundled in place of packages of which nothing is used here. `@actions/core` has `@actions/exec` for its `platform`,
// and `@actions/http-client` for OIDC. `@actions/github` asks an HTTP client for defaults, which ours replace (see
// src/github/request.ts), and has two plugins with a method for each of GitHub's endpoints; ours asks for paths.
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
