/**
 * Loads octokit. As it is loaded, @actions/github parses the event's payload, and throws where that is no JSON: nothing
 * here asks it for the event, so it is not told where the payload is.
 */
export async function importOctokitWithoutEventPath(): Promise<typeof import('@actions/github')> {
  const { GITHUB_EVENT_PATH: path } = process.env
  delete process.env.GITHUB_EVENT_PATH
  try {
    return await import('@actions/github')
  } finally {
    if (path !== undefined) process.env.GITHUB_EVENT_PATH = path
  }
}
