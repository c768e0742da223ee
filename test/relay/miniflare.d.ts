/** Installed by `.ci/install-relay`, and only what is used here: with its 170 MB it is no devDependency. */
declare module 'miniflare' {
  /** Runs a Worker in workerd. https://developers.cloudflare.com/workers/testing/miniflare/ */
  export class Miniflare {
    constructor(options: {
      modules: true
      script: string
      compatibilityDate: string
      bindings: Readonly<Record<string, string>>
      /** Gets every request that the Worker sends. */
      outboundService: (request: {
        url: string
        method: string
        headers: Iterable<[string, string]>
        text(): Promise<string>
      }) => Promise<Response>
    })
    readonly ready: Promise<URL>
    dispose(): Promise<void>
  }
  /** Its own, which is not the global one. */
  export const Response: typeof globalThis.Response
}
