/** The upload page: a form to try uploads from a browser, and the list of what arrived, however large the files. */
import { headerOf, refuse, sendHtml, sendJson, type EchoCall, type Route } from './echo-call.ts'
import { Content } from './echo-body.ts'
import { boundaryOf, MultipartReader } from './multipart-reader.ts'
import { UPLOAD_PAGE } from './pages.ts'

interface ReceivedPart {
  readonly name: string
  /** Null for a field. */
  readonly filename: string | null
  readonly contentType: string | null
  readonly bytes: number
  readonly sha256: string
  /** Of a short field. */
  readonly value?: string
}

const MAX_VALUE_BYTES = 4096

/** Parts of a form, or the whole body as one part where it is not a form. */
async function receive(call: EchoCall): Promise<void> {
  const { request } = call
  const type = headerOf(request, 'content-type')
  const boundary = boundaryOf(type)
  if (boundary === null && /^\s*multipart\//i.test(type)) {
    refuse(call, 400, 'The Content-Type is multipart but names no boundary.')
    return
  }
  const parts: ReceivedPart[] = []
  if (boundary === null) {
    const content = new Content({ left: 0 })
    for await (const chunk of request as AsyncIterable<Buffer>) content.write(chunk)
    parts.push({ name: '', filename: null, contentType: type === '' ? null : type, bytes: content.length, sha256: content.sha256() })
  } else {
    const reader = new MultipartReader(boundary, (head) => {
      const content = new Content({ left: head.filename === null ? MAX_VALUE_BYTES : 0 })
      return {
        write: (bytes) => content.write(bytes),
        end: () => {
          const bytes = head.filename === null ? content.bytes() : null
          parts.push({ ...head, bytes: content.length, sha256: content.sha256(), ...(bytes !== null && { value: bytes.toString('utf8') }) })
        },
      }
    })
    for await (const chunk of request as AsyncIterable<Buffer>) reader.write(chunk)
    reader.end()
  }
  sendJson(call, { parts, totalBytes: parts.reduce((sum, part) => sum + part.bytes, 0) })
}

export const UPLOAD_ROUTES: readonly Route[] = [
  {
    methods: ['GET'],
    path: '/upload',
    about: 'A page with a form that uploads files.',
    example: '/upload',
    answer: (call) => sendHtml(call, UPLOAD_PAGE),
  },
  {
    methods: ['POST', 'PUT'],
    path: '/upload',
    about: 'Lists what was uploaded: name, file name, type, bytes and SHA-256 of each part.',
    answer: receive,
  },
]
