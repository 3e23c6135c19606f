/** Routes that answer with a status of one's choice, and those that lead elsewhere. */
import { ANY_METHOD, headerOf, refuse, sendJson, sendRedirect, sendText, wholeNumber, type EchoCall, type Route } from './echo-call.ts'
import { readEchoBody } from './echo-body.ts'

const IMAGE_TYPES = ['image/webp', 'image/svg+xml', 'image/jpeg', 'image/png', 'image/*']

/** Headers without which a status makes no sense. */
const STATUS_HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  301: { Location: '/redirect/1' },
  302: { Location: '/redirect/1' },
  303: { Location: '/redirect/1' },
  305: { Location: '/redirect/1' },
  307: { Location: '/redirect/1' },
  308: { Location: '/redirect/1' },
  401: { 'WWW-Authenticate': 'Basic realm="Echo"' },
  407: { 'Proxy-Authenticate': 'Basic realm="Echo"' },
}

/** One code, or several by commas, each perhaps with a weight as httpbin has it: the first is the one. */
function sendStatus(call: EchoCall): void {
  const code = (call.params['codes'] ?? '').split(',', 1)[0]?.split(':', 1)[0]?.trim()
  const status = wholeNumber(code, 200, 999)
  if (status === null) {
    refuse(call, 400, `${code ?? ''} cannot be the status of an answer: give a number from 200 to 999.`)
    return
  }
  if (status === 406) sendJson(call, { message: 'Client did not request a supported media type.', accept: IMAGE_TYPES }, 406)
  else if (status === 418) sendText(call, 'I am a teapot, short and stout.\n', 'text/plain; charset=utf-8', 418)
  else {
    // 204 and 304 have no body, and so no length.
    const length = status === 204 || status === 304 ? {} : { 'Content-Length': '0' }
    call.response.writeHead(status, { ...STATUS_HEADERS[status], ...length })
    call.response.end()
  }
}

/** Each step leads to the next, the last to /get. */
function redirectBy(step: (call: EchoCall, path: string) => string, route: string): (call: EchoCall) => void {
  return (call) => {
    const left = wholeNumber(call.params['n'], 1, 1000)
    if (left === null) refuse(call, 400, 'Give a number of redirects from 1 to 1000.')
    else sendRedirect(call, step(call, left === 1 ? '/get' : `/${route}/${left - 1}`))
  }
}

const relative = (_call: EchoCall, path: string): string => path
const absolute = (call: EchoCall, path: string): string => `http://${headerOf(call.request, 'host') || '127.0.0.1'}${path}`

async function redirectTo(call: EchoCall): Promise<void> {
  const form = call.query.has('url') ? {} : (await readEchoBody(call)).form
  const value = (name: string): string | null => call.query.get(name) ?? [form[name] ?? []].flat()[0] ?? null
  const url = value('url')
  if (url === null || url === '') {
    refuse(call, 400, 'Name the address to lead to: /redirect-to?url=…')
    return
  }
  sendRedirect(call, encodeLocation(url), wholeNumber(value('status_code'), 300, 399) ?? 302)
}

/** A header holds only Latin-1 without breaks; what else the address has is percent-encoded. */
function encodeLocation(url: string): string {
  return url.replaceAll(/[^\x21-\x7e]/gu, (character) => (character.isWellFormed() ? encodeURIComponent(character) : ''))
}

export const STATUS_ROUTES: readonly Route[] = [
  {
    methods: [],
    path: '/status/:codes',
    about: 'Answers with this status; of several by commas, the first.',
    example: '/status/404',
    answer: sendStatus,
  },
  {
    methods: ['GET'],
    path: '/redirect/:n',
    about: 'So many redirects, then /get; ?absolute=true for whole addresses.',
    example: '/redirect/3',
    answer: (call) =>
      (call.query.get('absolute')?.toLowerCase() === 'true'
        ? redirectBy(absolute, 'absolute-redirect')
        : redirectBy(relative, 'relative-redirect'))(call),
  },
  {
    methods: ['GET'],
    path: '/relative-redirect/:n',
    about: 'So many redirects by path.',
    example: '/relative-redirect/2',
    answer: redirectBy(relative, 'relative-redirect'),
  },
  {
    methods: ['GET'],
    path: '/absolute-redirect/:n',
    about: 'So many redirects by whole address.',
    example: '/absolute-redirect/2',
    answer: redirectBy(absolute, 'absolute-redirect'),
  },
  {
    methods: ANY_METHOD,
    path: '/redirect-to',
    about: 'A redirect to ?url=, with ?status_code= if given.',
    example: '/redirect-to?url=/get&status_code=307',
    answer: redirectTo,
  },
]
