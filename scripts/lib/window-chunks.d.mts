interface Modules {
  readonly getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null
}
interface Group {
  debugName: string
  priority: number
  name: (id: string, context: Modules) => string | null
}

export function windowChunks(starts: readonly (readonly [name: string, start: string])[]): Group[]
