interface Link {
  readonly tag: string
  readonly attrs: Record<string, string | boolean>
  readonly injectTo: 'head'
}
interface BuiltFile {
  readonly fileName: string
  readonly facadeModuleId?: string | null
  readonly imports?: readonly string[]
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> }
}

export function preloadFirst(
  begin: string,
  font: RegExp,
): {
  name: string
  transformIndexHtml: { order: 'post'; handler: (html: string, built: { bundle?: Readonly<Record<string, BuiltFile>> }) => Link[] }
}
