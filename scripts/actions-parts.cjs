// What is bundled in place of the packages `@actions/exec` and `@actions/http-client`. `@actions/core` has them for its
// `platform` and for OIDC, which nothing here uses. `@actions/github` asks a client for defaults, which ours replace (see
// src/github/request.ts).
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
