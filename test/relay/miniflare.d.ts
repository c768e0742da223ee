/** Installed by `.ci/install-relay`, and only what is used here: with its 170 MB it is no devDependency. */
declare module 'miniflare' {
  /** https://developers.cloudflare.com/workers/testing/miniflare/ */
  export interface MiniflareOptions {
    modules: true
    script: string
    compatibilityDate: string
    bindings: Readonly<Record<string, string>>
    /** Static files, which come before the Worker. */
    assets?: { directory: string; routerConfig: { has_user_worker: true } }
    /** With a certificate of its own. */
    https?: true
    /** Gets every request that the Worker sends. */
    outboundService: (request: {
      url: string
      method: string
      headers: Iterable<[string, string]>
      text(): Promise<string>
    }) => Promise<Response>
  }
  /** Runs a Worker in workerd. */
  export class Miniflare {
    constructor(options: MiniflareOptions)
    readonly ready: Promise<URL>
    dispose(): Promise<void>
  }
  /** Its own, which is not the global one. */
  export const Response: typeof globalThis.Response
}
