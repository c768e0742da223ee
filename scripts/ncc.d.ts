declare module '@vercel/ncc' {
  /** Bundles a file. https://github.com/vercel/ncc#programmatically-from-nodejs */
  export default function ncc(
    entry: string,
    options: { cache: boolean; esm: boolean; quiet: boolean; externals: Readonly<Record<string, string>> },
  ): Promise<{
    code: string
    assets: Record<string, { source: string | Buffer }>
    stats: { toJson(): { modules: import('./licenses.ts').Module[] } }
  }>
}
