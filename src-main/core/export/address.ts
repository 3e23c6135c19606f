/** Addresses of requests in formats that have no rows for the path: `:name` is filled in. */
import type { RequestDocument } from '#contract/model/request.ts'
import { encodeQueryText, joinUrl, splitUrl } from '#contract/model/url-query.ts'

/** A name that stands for a whole segment of a path. */
export const PATH_NAME = /(?<=\/):([^/?#:]+)/g

/** The URL with path rows put in, encoded; references stay. A name without a row stays as it is. */
export function filledPath({ url, params }: Pick<RequestDocument, 'url' | 'params'>): string {
  const rows = new Map(params.filter(({ kind, enabled }) => kind === 'path' && enabled).map(({ name, value }) => [name, value]))
  const parts = splitUrl(url)
  const start = pathStart(parts.base)
  const path = parts.base.slice(start).replace(PATH_NAME, (whole: string, name: string) => {
    const value = rows.get(name)
    return value === undefined || value === '' ? whole : encodeQueryText(value).replaceAll('+', '%20')
  })
  return joinUrl({ ...parts, base: parts.base.slice(0, start) + path })
}

/** Where the path begins, behind scheme and host or behind the reference that stands for them. */
export function pathStart(base: string): number {
  const lead = /^(?:[A-Za-z][A-Za-z\d+.-]*:\/\/)?(?:\{\{[^{}]*\}\}|[^/])*/.exec(base)
  return lead ? lead[0].length : 0
}

/** A URL without spaces, which end it where it stands in a line, or make it none; those in references are theirs. */
export function withoutSpaces(url: string): string {
  return url.replace(/\{\{[^{}]*\}\}| /g, (found) => (found === ' ' ? '%20' : found))
}
