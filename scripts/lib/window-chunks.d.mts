interface Modules {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null
}
interface Group {
  debugName: string
  priority: number
  name: (id: string, context: Modules) => string | null
}

export function firstChunks(entry: string, begin: string): Group[]
