/** Routes that answer in a certain format: compressed, as a picture, as a page, XML or JSON. */
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import {
  headerOf,
  headersOf,
  NO_SCRIPTS,
  originOf,
  refuse,
  sendBytes,
  sendHtml,
  sendJson,
  sendText,
  type EchoCall,
  type Route,
} from './echo-call.ts'
import { HTML_PAGE, SLIDES, UTF8_PAGE, XML_TEXT } from './pages.ts'
import { JPEG, PNG, SVG, WEBP } from './sample-images.ts'

interface Coding {
  readonly token: string
  /** What httpbin calls it in the answer. */
  readonly flag: string
  readonly compress: (text: string) => Buffer
}

const CODINGS: Readonly<Record<string, Coding>> = {
  gzip: { token: 'gzip', flag: 'gzipped', compress: gzipSync },
  deflate: { token: 'deflate', flag: 'deflated', compress: deflateSync },
  brotli: { token: 'br', flag: 'brotli', compress: brotliCompressSync },
  zstd: { token: 'zstd', flag: 'zstd', compress: zstdCompressSync },
}

function compressed(name: string): Route {
  return {
    methods: ['GET'],
    path: `/${name}`,
    about: `An answer compressed by ${name}.`,
    example: `/${name}`,
    answer: (call) => {
      const coding = CODINGS[name]
      if (!coding) return
      const seen = { [coding.flag]: true, headers: headersOf(call.request), method: call.method, origin: originOf(call.request) }
      sendBytes(call, coding.compress(`${JSON.stringify(seen, null, 2)}\n`), 'application/json', 200, { 'Content-Encoding': coding.token })
    },
  }
}

const IMAGES: readonly (readonly [type: string, bytes: Buffer])[] = [
  ['image/webp', WEBP],
  ['image/svg+xml', Buffer.from(SVG, 'utf8')],
  ['image/jpeg', JPEG],
  ['image/png', PNG],
]

function sendImage(call: EchoCall, type: string): void {
  const image = IMAGES.find(([name]) => name === type)
  const policy = type === 'image/svg+xml' ? { 'Content-Security-Policy': NO_SCRIPTS } : undefined
  if (image) sendBytes(call, image[1], type, 200, policy)
}

/** The picture in the format that Accept names, in httpbin's order of liking; PNG where it does not matter. */
function sendAcceptedImage(call: EchoCall): void {
  const accept = headerOf(call.request, 'accept').toLowerCase()
  const named = IMAGES.find(([type]) => accept.includes(type))?.[0]
  const any = accept === '' || accept.includes('image/*') || accept.includes('*/*')
  if (named !== undefined || any) sendImage(call, named ?? 'image/png')
  else refuse(call, 406, 'Accept names none of image/webp, image/svg+xml, image/jpeg, image/png, image/*.')
}

function image(name: string, type: string): Route {
  return {
    methods: ['GET'],
    path: `/image/${name}`,
    about: `A picture as ${name.toUpperCase()}.`,
    example: `/image/${name}`,
    answer: (call) => sendImage(call, type),
  }
}

export const FORMAT_ROUTES: readonly Route[] = [
  ...Object.keys(CODINGS).map(compressed),
  { methods: ['GET'], path: '/image', about: 'A picture, in the format that Accept names.', example: '/image', answer: sendAcceptedImage },
  image('png', 'image/png'),
  image('jpeg', 'image/jpeg'),
  image('webp', 'image/webp'),
  image('svg', 'image/svg+xml'),
  { methods: ['GET'], path: '/html', about: 'A page.', example: '/html', answer: (call) => sendHtml(call, HTML_PAGE) },
  {
    methods: ['GET'],
    path: '/xml',
    about: 'An XML document.',
    example: '/xml',
    answer: (call) => sendText(call, XML_TEXT, 'application/xml'),
  },
  { methods: ['GET'], path: '/json', about: 'A JSON document.', example: '/json', answer: (call) => sendJson(call, SLIDES) },
  {
    methods: ['GET'],
    path: '/encoding/utf8',
    about: 'A page with many scripts in UTF-8.',
    example: '/encoding/utf8',
    answer: (call) => sendHtml(call, UTF8_PAGE),
  },
]
