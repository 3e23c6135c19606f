/** Runs a k6 script once, as k6 runs it, with modules that write down what is asked of them. */
import { STATUS_CODES } from 'node:http'
import { runInNewContext } from 'node:vm'

export interface K6Call {
  readonly method: string
  readonly url: string
  readonly body: unknown
  readonly params: Readonly<Record<string, unknown>>
}

export interface K6Response {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface K6Run {
  readonly options: Readonly<Record<string, unknown>>
  readonly calls: readonly K6Call[]
  readonly groups: readonly string[]
  readonly checks: Readonly<Record<string, boolean>>
}

export interface K6World {
  readonly env?: Readonly<Record<string, string>>
  /** Files that it may open, by path. */
  readonly files?: Readonly<Record<string, string>>
  readonly answer?: K6Response
  /** Which iteration it is. */
  readonly iteration?: number
}

const NOTHING: K6Response = { status: 200, headers: {}, body: '' }

/** Imports become parts of the world, exports what is handed back: nothing else of the script is changed. */
export function runK6(script: string, { env = {}, files = {}, answer = NOTHING, iteration = 0 }: K6World = {}): K6Run {
  const calls: K6Call[] = []
  const groups: string[] = []
  const checks: Record<string, boolean> = {}
  const response = {
    ...answer,
    status_text: `${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    timings: { duration: 5 },
    json: (key?: string) => jsonOf(answer.body, key),
  }
  const request = (method: string, url: string, body: unknown, params: Record<string, unknown> = {}): unknown => {
    calls.push({ method, url, body, params })
    return response
  }
  const world = {
    __ENV: env,
    open: (path: string) => files[path] ?? fail(`It opens ${path}.`),
    modules: {
      'k6/http': {
        default: {
          request,
          post: (url: string, body: unknown, params?: Record<string, unknown>) => request('POST', url, body, params),
          file: (data: unknown, name: string, type?: string) => ({ data, name, type }),
        },
      },
      'k6/ws': {
        default: {
          connect: (url: string, params: Record<string, unknown>, begin: (socket: object) => void) => {
            const sent: unknown[] = []
            const listeners = new Map<string, () => void>()
            const note = (message: unknown): void => void sent.push(message)
            const later = (): void => undefined
            begin({
              on: (event: string, listener: () => void) => listeners.set(event, listener),
              ...{ send: note, sendBinary: note, setInterval: later, setTimeout: later },
            })
            listeners.get('open')?.()
            calls.push({ method: 'WS', url, body: sent, params })
            return { status: 101, headers: {}, url, body: '' }
          },
        },
      },
      k6: {
        group: (name: string, run: () => void) => {
          groups.push(name)
          run()
        },
        check: (value: unknown, tests: Record<string, (value: unknown) => boolean>) =>
          Object.entries(tests).forEach(([name, test]) => (checks[name] = test(value))),
        sleep: () => undefined,
      },
      'k6/data': {
        SharedArray: function SharedArray(_name: string, make: () => unknown[]) {
          return make()
        },
      },
      'k6/execution': { scenario: { iterationInTest: iteration } },
      'k6/encoding': {
        default: {
          b64encode: (text: string) => Buffer.from(text).toString('base64'),
          b64decode: (text: string) => Buffer.from(text, 'base64'),
        },
      },
      'https://jslib.k6.io/formdata/0.0.2/index.js': {
        FormData: class {
          readonly boundary = 'b'
          readonly parts: unknown[] = []
          append(name: string, value: unknown): void {
            this.parts.push([name, value])
          }
          body(): unknown {
            return this.parts
          }
        },
      },
    },
    Object,
    Math,
    Date,
    Number,
    String,
    Boolean,
    RegExp,
    JSON,
    Array,
    encodeURIComponent,
  }
  const code = script
    .replace(/^import (\w+) from '([^']+)'$/gm, "const $1 = modules['$2'].default")
    .replace(/^import \{ ([^}]+) \} from '([^']+)'$/gm, "const { $1 } = modules['$2']")
    .replace('export const options', 'exported.options')
    .replace('export function setup', 'exported.setup = function')
    .replace('export default function', 'exported.main = function')
  const result = runInNewContext(
    `'use strict'; const exported = {}; ${code}\n; exported.data = exported.setup ? exported.setup() : undefined; exported.main(exported.data); exported`,
    world,
  ) as { options: Record<string, unknown> }
  return { options: result.options, calls, groups, checks }
}

function jsonOf(body: string, key: string | undefined): unknown {
  const value: unknown = JSON.parse(body)
  return key === undefined ? value : (value as Record<string, unknown>)[key]
}

function fail(message: string): never {
  throw new Error(message)
}
