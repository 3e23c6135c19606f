/** Scripts of a request, a folder or a collection, as an editor has them: one text for each time that one can run at. Pure. */
import type { Script } from '#contract/model/script.ts'
import { SCRIPT_TYPES } from '#contract/model/script-types.ts'

/** The known times first, then what a file has besides. */
export function scriptTypes(scripts: readonly Script[]): readonly string[] {
  return [...new Set([...SCRIPT_TYPES, ...scripts.map(({ type }) => type)])]
}

/** Of several of a type, which other programs may write, the first is the one to edit. */
export function codeOf(scripts: readonly Script[], type: string): string {
  return scripts.find((script) => script.type === type)?.code ?? ''
}

/** What has scripts, with one of its texts changed; an empty one is none, and where there are none it has no scripts at all. */
export function withCode<T extends { readonly scripts?: Script[] | undefined }>(owner: T, type: string, code: string): T {
  const { scripts = [], ...rest } = owner
  if (codeOf(scripts, type) === code) return owner
  const at = scripts.findIndex((script) => script.type === type)
  const after = at < 0 ? [...scripts, { type, code }] : scripts.map((script, index) => (index === at ? { type, code } : script))
  const kept = after.filter((script, index) => index !== (at < 0 ? after.length - 1 : at) || script.code !== '')
  // What is taken away and put back is what T says it may lack.
  return (kept.length === 0 ? rest : { ...rest, scripts: kept }) as T
}
