/**
 * `:name` in the URL's path and the rows that fill it. The rule of what is a name is core's (prepare/path-params): a
 * whole segment that begins with a colon, so neither a port nor `10:30` is one.
 */
import type { Param } from '#contract/model/request.ts'
import { splitUrl } from '#contract/model/url-query.ts'

export interface PathParam {
  readonly name: string
  readonly value: string
  /** Index among the document's params; null while it has no row. */
  readonly row: number | null
  /** False for a row whose name the URL no longer has. */
  readonly inUrl: boolean
}

/** The names in a URL's path, each once, in order. */
export function pathParamNames(url: string): string[] {
  const { base } = splitUrl(url)
  const schemeEnd = base.indexOf('://')
  const pathStart = base.indexOf('/', schemeEnd < 0 ? 0 : schemeEnd + 3)
  if (pathStart < 0) return []
  const found = [...base.slice(pathStart).matchAll(/(?<=\/):([^/?#:]+)/g)].map((match) => match[1] ?? '')
  return [...new Set(found)]
}

/** The path parameters to show: those of the URL, then rows with a value that the URL no longer names. */
export function pathParamsOf(url: string, params: readonly Param[]): PathParam[] {
  const names = pathParamNames(url)
  const indexOf = (name: string): number => params.findIndex((row) => row.kind === 'path' && row.name === name)
  const named = names.map((name): PathParam => {
    const row = indexOf(name)
    return { name, value: params[row]?.value ?? '', row: row < 0 ? null : row, inUrl: true }
  })
  const left = params.flatMap((param, row): PathParam[] =>
    param.kind === 'path' && !names.includes(param.name) && param.value !== ''
      ? [{ name: param.name, value: param.value, row, inUrl: false }]
      : [],
  )
  return [...named, ...left]
}

/** Params with a path row's value set; the row is made where there is none. */
export function withPathValue(params: readonly Param[], name: string, value: string): Param[] {
  const at = params.findIndex((row) => row.kind === 'path' && row.name === name)
  if (at < 0) return [...params, { kind: 'path', name, value, enabled: true }]
  return params.map((row, index) => (index === at ? { ...row, value, enabled: true } : row))
}

export function withoutPathParam(params: readonly Param[], name: string): Param[] {
  return params.filter((row) => row.kind !== 'path' || row.name !== name)
}
