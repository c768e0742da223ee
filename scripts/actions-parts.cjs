// What is bundled in place of packages of which nothing is used here. `@actions/core` has `@actions/exec` for its `platform`,
// and `@actions/http-client` for OIDC.
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
  constructor() {
    leftOut('OIDC of @actions/core')()
  }
}
