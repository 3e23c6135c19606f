/** `:name` in a URL's path, filled from the path rows of Params. */
import type { Param } from '#contract/model/request.ts'
import { splitUrl, joinUrl } from '#contract/model/url-query.ts'
import { encodeSegment } from './percent-encoding.ts'
import type { Problems } from './problems.ts'

/** Fill `:name` segments; a name without a row or value stays, so that a literal colon can be sent. */
export function fillPathParams(url: string, params: readonly Param[], problems: Problems): string {
  const rows = params.map((row, index) => ({ row, index })).filter(({ row }) => row.kind === 'path' && row.enabled && row.name !== '')
  if (rows.length === 0) return url
  const parts = splitUrl(url)
  const schemeEnd = parts.base.indexOf('://')
  const pathStart = parts.base.indexOf('/', schemeEnd < 0 ? 0 : schemeEnd + 3)
  if (pathStart < 0) return url
  const path = parts.base.slice(pathStart).replace(/(?<=\/):([^/?#:]+)/g, (whole: string, name: string) => {
    const found = rows.find(({ row }) => row.name === name)
    if (!found) return whole
    if (found.row.value === '') {
      problems.add(
        'InvalidURL',
        { section: 'params', row: found.index, field: 'value' },
        `The path parameter :${name} has no value.`,
        'Give it one; an empty path segment is another address.',
      )
    }
    return encodeSegment(found.row.value)
  })
  return joinUrl({ ...parts, base: parts.base.slice(0, pathStart) + path })
}
