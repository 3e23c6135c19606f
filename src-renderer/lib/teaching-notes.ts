/**
 * Where tutorials of HTTP and Python requests mislead: which of it a request touches. What it says is in `teaching-words`; a
 * note is no problem of the request, and is not shown for what most people do anyway. Pure.
 */
import { isLoopback } from '#contract/model/loopback.ts'
import type { Options, Part, RequestDocument } from '#contract/model/request.ts'

export const TEACHING_NOTES = [
  'postInClear',
  'noPasswords',
  'plusInQuery',
  'longUrl',
  'contentTypeOfJson',
  'acceptEncoding',
  'jsonPart',
  'readTimeout',
  'retriedStatuses',
  'retriedPost',
  'headNotFollowed',
  'proxyScheme',
  'guessedEncoding',
  'elapsed',
] as const
/** As the settings keep those that were dismissed: never renamed. */
export type TeachingNoteId = (typeof TEACHING_NOTES)[number]

/** Longer than what people are told is the limit. */
const LONG_URL = 2048
/** Long enough to be taken for slowness of the server. */
const LONG_DOWNLOAD_MS = 200
/** Services that take no passwords for their API. */
const TOKENS_ONLY = /^(?:api\.)?(?:github\.com|bitbucket\.org)$/

type Facts = Pick<RequestDocument, 'method' | 'url' | 'headers' | 'body' | 'auth'>

/** @param sentTo the URL as it will be requested, with its variables filled in; null where it is not known */
export function notesOf(section: string, request: Facts, sentTo: string | null): readonly TeachingNoteId[] {
  const target = sentTo !== null && URL.canParse(sentTo) ? new URL(sentTo) : null
  switch (section) {
    case 'params':
      return only({ plusInQuery: hasPlusInQuery(request.url), longUrl: (sentTo ?? request.url).length > LONG_URL })
    case 'headers':
      return only({ contentTypeOfJson: repeatsJsonType(request), acceptEncoding: hasHeader(request, 'accept-encoding') })
    case 'body':
      return only({
        postInClear: isPostInClear(request, target),
        jsonPart: request.body.kind === 'multipart' && request.body.parts.some(isJsonText),
      })
    case 'auth':
      return only({ noPasswords: request.auth.kind === 'basic' && target !== null && TOKENS_ONLY.test(target.hostname) })
    default:
      return []
  }
}

/** Of a note beside an option: whether what is set means something else than many think. */
export const optionNotes = {
  readTimeout: ({ timeout }: Options): boolean => typeof timeout?.read === 'number' && typeof timeout.total !== 'number',
  retriedStatuses: ({ retry }: Options): boolean => retry !== undefined && retry.total !== 0 && (retry.statusForcelist ?? []).length === 0,
  retriedPost: ({ retry }: Options): boolean =>
    retry !== undefined && retry.total !== 0 && (retry.allowedMethods === null || (retry.allowedMethods ?? []).includes('POST')),
  proxyScheme: ({ proxies }: Options): boolean => Object.values(proxies ?? {}).some(isDoubtfulProxy),
}

/** Of a note beside what came back. */
export const answerNotes = {
  /** A text that says no charset, where requests would take one that it seldom has. */
  guessedEncoding: (contentType: string): boolean => /^\s*text\//i.test(contentType) && !/;\s*charset\s*=/i.test(contentType),
  /** Where most of the time went after the head of the answer, which a clock of requests has stopped at. */
  elapsed: ({ download, total }: { readonly download: number; readonly total: number }): boolean =>
    download >= LONG_DOWNLOAD_MS && download > total / 4,
}

/** Without a scheme, or by HTTP to the port that SOCKS has. */
function isDoubtfulProxy(proxy: string | null): boolean {
  if (proxy === null || proxy === '' || proxy.includes('{{')) return false
  return !proxy.includes('://') || /^https?:\/\/[^/]*:1080\/?$/i.test(proxy)
}

/** What is read as a blank by most servers; `%2B` and `+` in the path are not. */
function hasPlusInQuery(url: string): boolean {
  return /\?[^#]*\+/.test(url)
}

function isPostInClear({ method, body }: Facts, target: URL | null): boolean {
  const host = target?.hostname.replace(/^\[|\]$/g, '') ?? ''
  return method.trim().toUpperCase() === 'POST' && body.kind !== 'none' && target?.protocol === 'http:' && !isLoopback(host)
}

function repeatsJsonType({ body, headers }: Facts): boolean {
  return (
    body.kind === 'json' &&
    headers.some(({ enabled, name, value }) => enabled && isNamed(name, 'content-type') && /^\s*application\/json\s*$/i.test(value))
  )
}

function hasHeader({ headers }: Facts, wanted: string): boolean {
  return headers.some(({ enabled, name, omit }) => enabled && omit !== true && isNamed(name, wanted))
}

function isNamed(name: string, wanted: string): boolean {
  return name.trim().toLowerCase() === wanted
}

function isJsonText(part: Part): boolean {
  if (part.kind !== 'text' || !part.enabled || part.contentType.trim() !== '' || !/^\s*[[{]/.test(part.value)) return false
  try {
    JSON.parse(part.value)
    return true
  } catch {
    return false
  }
}

function only(notes: Partial<Record<TeachingNoteId, boolean>>): readonly TeachingNoteId[] {
  return TEACHING_NOTES.filter((id) => notes[id] === true)
}
