/** What a Content-Type alone says of a body. What its bytes say is in byte-signatures.ts, what follows in body-kind.ts. */
import { SOCKET_LOG_TYPE } from '#contract/model/websocket.ts'

/** Bodies of one class are looked at in the same views. A stream is a text whose records come one by one. */
export type ContentClass = 'image' | 'media' | 'text' | 'stream' | 'binary'

/** Types that an `img` element can show. */
const IMAGES = new Set([
  'image/apng',
  'image/avif',
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/jpg',
  'image/pjpeg',
  'image/png',
  'image/svg+xml',
  'image/vnd.microsoft.icon',
  'image/webp',
  'image/x-icon',
  'image/x-ms-bmp',
  'image/x-png',
])

/** Types below `application/` that are text whatever their bytes. */
const TEXT_APPLICATION = new Set([
  'ecmascript',
  'graphql',
  'javascript',
  'json',
  'json-seq',
  'jsonl',
  'jsonlines',
  'ndjson',
  'x-javascript',
  'x-json-stream',
  'x-jsonl',
  'x-jsonlines',
  'x-ndjson',
  'x-www-form-urlencoded',
  'xml',
  'yaml',
])

/** The essence of a Content-Type, without parameters and in lower case; empty where there is none. */
export function essenceOf(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** Type of an answer's body: the header's, but for a WebSocket, whose messages stand in the place of a body. */
export function bodyType({
  status,
  headers,
}: {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
}): string {
  return status === 101 ? SOCKET_LOG_TYPE : headerValue(headers, 'content-type')
}

/** Value of the first header of that name, or an empty text. */
export function headerValue(headers: readonly (readonly [string, string])[], name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
}

/** Whether an `img` element can show it. */
export function isImage(essence: string): boolean {
  return IMAGES.has(essence)
}

/** Whether it is text whatever its bytes look like. */
export function isSurelyText(essence: string): boolean {
  const [type, subtype = ''] = essence.split('/')
  if (type === 'text') return subtype !== 'plain'
  return /\+(json|xml|yaml)$/.test(subtype) || (type === 'application' && TEXT_APPLICATION.has(subtype))
}
