/**
 * What a script can ask of the thread around it, and what becomes of it: values out of the job, texts made elsewhere, and
 * the record of what it did. Whatever comes in is a text of anybody's making, and is checked here.
 */
import { createHash, createHmac, getHashes, randomBytes, randomUUID } from 'node:crypto'
import { SHOWN_VALUE, type ConsoleLine, type ScriptFault, type ScriptPlace, type TestResult } from '#contract/model/checks.ts'
import type { HostCall } from './sandbox.ts'
import type { RequestEdit, ScriptJob, ScriptOutcome, ScriptRequest, ScriptResponseBody } from './script-job.ts'
import { thrownOf } from './sandbox.ts'
import { readEdit } from './read-edit.ts'

const MAX_LINES = 1000
const MAX_TESTS = 1000
const MAX_VARIABLES = 1000
const MAX_VALUE = 1024 * 1024
const MAX_NAME = 1000
const MAX_RANDOM = 65_536

/** What scripts of one job did so far. */
export class Doings {
  request: ScriptRequest
  edit: RequestEdit | null = null
  readonly kept = new Map<string, string | null>()
  readonly local = new Map<string, string | null>()
  readonly tests: TestResult[] = []
  readonly console: ConsoleLine[] = []
  readonly faults: ScriptFault[] = []
  flow: ScriptOutcome['flow'] = null
  value: string | undefined

  constructor(request: ScriptRequest) {
    this.request = request
  }

  /** What was set up to now, for a request that is sent in between; what is to be kept is then kept. */
  takeSet(): Pick<ScriptOutcome, 'kept' | 'local'> {
    const kept = Object.fromEntries(this.kept)
    this.kept.clear()
    return { kept, local: Object.fromEntries(this.local) }
  }

  outcome(): ScriptOutcome {
    return {
      edit: this.edit,
      kept: Object.fromEntries(this.kept),
      local: Object.fromEntries(this.local),
      tests: this.tests,
      console: this.console,
      faults: this.faults,
      flow: this.flow,
      ...(this.value !== undefined && { value: this.value }),
    }
  }
}

export interface Surroundings {
  readonly job: ScriptJob
  readonly from: ScriptPlace
  /** Values made anew, by their names with the dollar sign; null: there is none of the name. */
  readonly dynamic: ((name: string) => string | null) | null
  /** Begins to send a saved request; the answer comes later. */
  readonly send: (call: number, name: string) => void
  /** The body of the answer, or of one that a call of `send` had. */
  readonly bodyOf: (which: string) => ScriptResponseBody
}

type Said = Readonly<Record<string, unknown>>

/** What scripts of a job ask for, one after the other. */
export function hostCalls(doings: Doings, around: Surroundings): HostCall {
  const calls: Readonly<Record<string, (argument: string) => string | void>> = { ...records(doings, around), ...answers(around) }
  return (name, argument) => {
    const call = Object.hasOwn(calls, name) ? calls[name] : undefined
    if (!call) throw new Error(`There is nothing called ${name}.`)
    return call(argument) ?? ''
  }
}

function records(doings: Doings, { from, send }: Surroundings): Readonly<Record<string, (argument: string) => void>> {
  return {
    console: (argument) => {
      const { level, text, line } = saidIn(argument)
      if (doings.console.length > MAX_LINES) return
      const isLast = doings.console.length === MAX_LINES
      doings.console.push({
        level: isLevel(level) && !isLast ? level : isLast ? 'warn' : 'log',
        text: isLast ? `Only the first ${MAX_LINES} lines are kept.` : textOf(text, SHOWN_VALUE),
        from,
        line: typeof line === 'number' && Number.isSafeInteger(line) ? line : null,
      })
    },
    test: (argument) => {
      const { name, passed, skipped, message } = saidIn(argument)
      if (doings.tests.length > MAX_TESTS) return
      if (doings.tests.length === MAX_TESTS) {
        doings.tests.push({ name: `Only the first ${MAX_TESTS} tests are kept.`, passed: false, from })
        return
      }
      doings.tests.push({
        // One without a name could not be told from others in lists and reports.
        name: textOf(name, MAX_NAME).trim() || `Test ${doings.tests.length + 1}`,
        passed: passed === true,
        ...(skipped === true && { skipped: true as const }),
        ...(message !== undefined && { message: textOf(message, SHOWN_VALUE) }),
        from,
      })
    },
    failed: (argument) => {
      const { message, ...place } = thrownOf(argument)
      if (doings.faults.length < MAX_LINES) doings.faults.push({ message: message.slice(0, SHOWN_VALUE), from, ...place })
    },
    keep: (argument) => setIn([doings.kept, doings.local], argument),
    local: (argument) => setIn([doings.local], argument),
    edit: (argument) => {
      const edit = readEdit(JSON.parse(argument))
      doings.edit = { ...doings.edit, ...edit }
      doings.request = { ...doings.request, ...edit }
    },
    skip: () => void (doings.flow = { ...doings.flow, isSkipped: true }),
    stop: () => void (doings.flow = { ...doings.flow, stops: true }),
    next: (argument) => {
      const { name } = saidIn(argument)
      doings.flow = { ...doings.flow, next: name === null ? null : textOf(name, MAX_NAME) }
    },
    value: (argument) => void (doings.value = argument === '' ? undefined : argument),
    send: (argument) => {
      const { call, name } = saidIn(argument)
      if (typeof call !== 'number' || !Number.isSafeInteger(call)) throw new Error('send: no number.')
      send(call, textOf(name, MAX_NAME))
    },
  }
}

function answers({ job, dynamic, bodyOf }: Surroundings): Readonly<Record<string, (argument: string) => string>> {
  return {
    body: (which) => bodyText(bodyOf(which)),
    env: (name) => (Object.hasOwn(job.env, name) ? `=${job.env[name] ?? ''}` : ''),
    dynamic: (name) => dynamic?.(name) ?? '',
    url: (argument) => urlParts(saidIn(argument)),
    uuid: () => randomUUID(),
    elapsed: () => String(performance.now()),
    random: (count) => randomBytes(Math.min(Math.max(0, Math.trunc(Number(count)) || 0), MAX_RANDOM)).toString('base64'),
    btoa: (argument) => Buffer.from(textOf(saidIn(argument).binary), 'latin1').toString('base64'),
    atob: (argument) => JSON.stringify(Buffer.from(textOf(saidIn(argument).base64), 'base64').toString('latin1')),
    decode: (argument) => {
      const { label, base64 } = saidIn(argument)
      return new TextDecoder(textOf(label)).decode(Buffer.from(textOf(base64), 'base64'))
    },
    hash: (argument) => {
      const { algorithm, data } = saidIn(argument)
      return createHash(knownHash(algorithm)).update(textOf(data), 'base64').digest('base64')
    },
    hmac: (argument) => {
      const { algorithm, data, key } = saidIn(argument)
      return createHmac(knownHash(algorithm), Buffer.from(textOf(key), 'base64'))
        .update(textOf(data), 'base64')
        .digest('base64')
    },
  }
}

function bodyText(body: ScriptResponseBody): string {
  if (body.kind === 'none') return ''
  if (body.kind === 'tooLarge') {
    throw new Error(
      'The body is larger than 8 MiB, which is what scripts are given. Assertions and captures (res.jsonpath, res.xpath) go further.',
    )
  }
  return new TextDecoder(body.encoding).decode(body.bytes)
}

function urlParts({ href, base, change }: Said): string {
  const url = URL.parse(textOf(href), base === undefined ? undefined : textOf(base))
  if (url === null) return ''
  if (Array.isArray(change)) {
    const [name, value] = change.map((one) => textOf(one))
    switch (name) {
      case 'href':
      case 'protocol':
      case 'username':
      case 'password':
      case 'host':
      case 'hostname':
      case 'port':
      case 'pathname':
      case 'search':
      case 'hash':
        url[name] = value ?? ''
        break
      default:
    }
  }
  const { origin, protocol, username, password, host, hostname, port, pathname, search, hash } = url
  return JSON.stringify({ href: url.href, origin, protocol, username, password, host, hostname, port, pathname, search, hash })
}

function knownHash(algorithm: unknown): string {
  const name = textOf(algorithm, MAX_NAME).toLowerCase()
  if (getHashes().includes(name)) return name
  throw new Error(`The hash “${name}” is not known; there are md5, sha1, sha256, sha384, sha512 and others of OpenSSL.`)
}

function setIn(maps: readonly Map<string, string | null>[], argument: string): void {
  const { name, value } = saidIn(argument)
  const key = textOf(name, MAX_NAME)
  const text = value === null ? null : textOf(value)
  if (key === '') throw new Error('A variable needs a name.')
  if (text !== null && text.length > MAX_VALUE) throw new Error(`The value of ${key} is larger than 1 MiB, which a variable cannot be.`)
  for (const map of maps) {
    if (map.size >= MAX_VARIABLES && !map.has(key)) throw new Error(`Scripts can set ${MAX_VARIABLES} variables.`)
    map.set(key, text)
  }
}

function isLevel(level: unknown): level is ConsoleLine['level'] {
  return level === 'log' || level === 'info' || level === 'warn' || level === 'error' || level === 'debug'
}

function saidIn(argument: string): Said {
  const said: unknown = JSON.parse(argument)
  if (typeof said === 'object' && said !== null) return said as Said // Its properties are looked at one by one.
  throw new Error('Nothing was said.')
}

function textOf(value: unknown, longest = Infinity): string {
  return typeof value === 'string' ? value.slice(0, longest) : ''
}
