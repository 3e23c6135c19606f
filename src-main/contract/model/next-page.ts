/**
 * A request with the address of another page in place of its own: the one rule by which the window opens the next page and
 * core goes through them all. Everything else of the request stays.
 */
import type { RequestDocument } from './request.ts'
import { paramsFromUrl, splitUrl } from './url-query.ts'

/** Methods that a server may be sent again and again: others are not repeated for pages without a person. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'QUERY'])

/** Whether asking for further pages with this method changes nothing at the server (RFC 9110 §9.2.1). */
export function mayPage(method: string): boolean {
  return SAFE_METHODS.has(method.toUpperCase())
}

/**
 * The request at another address. Braces in it are escaped: the address is a server's, and is to name no variable.
 *
 * @param url absolute
 * @param current what the request's own address comes to; where only the query differs from it, the rest stays as it was
 * typed, with its variables
 */
export function atPage(document: RequestDocument, url: string, current: string | null): RequestDocument {
  const plain = url.replaceAll('{', '%7B').replaceAll('}', '%7D')
  const typed = splitUrl(document.url)
  const next = splitUrl(plain)
  const isSamePlace = current !== null && splitUrl(current).base === next.base && typed.base !== ''
  const address = isSamePlace ? `${typed.base}${next.query === null ? '' : `?${next.query}`}${typed.fragment}` : plain
  const rows = isSamePlace ? document.params : document.params.filter(({ kind }) => kind === 'query')
  return { ...document, url: address, params: paramsFromUrl(address, rows) }
}
