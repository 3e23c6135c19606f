/**
 * How a host hands out a response's body: which bytes, and under which headers. The bytes come from anywhere, so they
 * are never run: shown inline only as a picture, sound, film, font, PDF or a page in a sandbox, and otherwise downloaded.
 */
import { BodyIdSchema, type BodyId } from '#contract/model/ids.ts'
import { BODY_SECURITY_POLICY, COMMON_HEADERS, DOCUMENT_SECURITY_POLICY, PAGE_SECURITY_POLICY } from './content-security-policy.ts'

export interface BodyRequest {
  readonly id: BodyId
  /** Media type to show it as; null where none was asked for, or none that may be shown. */
  readonly inlineType: string | null
  readonly downloadName: string
}

export interface BodyAnswer {
  readonly status: 200 | 206 | 416
  readonly headers: Readonly<Record<string, string>>
  /** Inclusive; undefined for the whole body, null where there is nothing to send. */
  readonly range: { readonly start: number; readonly end: number } | undefined | null
}

const PREFIX = '/body/'
/** Only what `body.page` made is asked for under it, and that is UTF-8. */
const PAGE = 'text/html'
const INLINE = /^(?:(?:image|audio|video|font)\/[a-z0-9.+-]+|application\/pdf|text\/html)$/

/** Reads `/body/<id>?type=…` or `/body/<id>?download=…`; null for anything else. */
export function bodyRequestOf(url: URL): BodyRequest | null {
  if (!url.pathname.startsWith(PREFIX)) return null
  const id = BodyIdSchema.safeParse(url.pathname.slice(PREFIX.length))
  if (!id.success) return null
  const download = url.searchParams.get('download')
  const type = (url.searchParams.get('type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return {
    id: id.data,
    inlineType: download === null && INLINE.test(type) ? type : null,
    downloadName: cleanFileName(download ?? 'body'),
  }
}

/**
 * Status, headers and range for a body of a size.
 *
 * @param rangeHeader value of `Range`, if any; several ranges at once are answered by the whole (RFC 9110 §14.2)
 */
export function answerBody(request: BodyRequest, bytes: number, rangeHeader: string | null): BodyAnswer {
  const headers = {
    ...COMMON_HEADERS,
    ...policyOf(request.inlineType),
    'content-type': request.inlineType === PAGE ? `${PAGE}; charset=utf-8` : (request.inlineType ?? 'application/octet-stream'),
    'content-disposition': request.inlineType === null ? attachment(request.downloadName) : 'inline',
    'accept-ranges': 'bytes',
    // The id is the hash of the content, but what a response held is no one else's business: no copy on disk.
    'cache-control': 'no-store',
  }
  const range = rangeHeader === null ? undefined : rangeOf(rangeHeader, bytes)
  if (range === null) {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes}`, 'content-length': '0' }, range }
  }
  if (range === undefined) return { status: 200, headers: { ...headers, 'content-length': String(bytes) }, range }
  const length = range.end - range.start + 1
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${range.start}-${range.end}/${bytes}`, 'content-length': String(length) },
    range,
  }
}

function policyOf(inlineType: string | null): Record<string, string> {
  if (inlineType === 'application/pdf') return { 'content-security-policy': DOCUMENT_SECURITY_POLICY }
  if (inlineType !== PAGE) return { 'content-security-policy': BODY_SECURITY_POLICY }
  return { 'content-security-policy': PAGE_SECURITY_POLICY, 'x-dns-prefetch-control': 'off' }
}

/** One byte range: undefined where the header is none to honour, null where it lies outside. @see RFC 9110 §14.1.2 */
function rangeOf(header: string, bytes: number): { start: number; end: number } | undefined | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim())
  const [, first = '', last = ''] = match ?? []
  if (!match || (first === '' && last === '')) return undefined
  if (first === '') {
    const suffix = Math.min(Number(last), bytes)
    return suffix === 0 ? null : { start: bytes - suffix, end: bytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start >= bytes ? null : { start, end }
}

/**
 * A name that is safe as the name of one file: no path, no control or reserved character, no leading dot, at most 150
 * characters with its extension kept. `download` where nothing is left.
 */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const cleaned = last
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(cleaned) ? `_${cleaned}` : cleaned
  if (safe.length <= 150) return safe === '' ? 'download' : safe
  const extension = /\.[^.]{1,16}$/.exec(safe)?.[0] ?? ''
  return safe.slice(0, 150 - extension.length).toWellFormed() + extension
}

/** @see RFC 6266 §4.3; RFC 8187 §3.2 */
function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
