/**
 * What crosses between the core, the thread of the sandbox and the scripts in it: plain data, all of it. A script is shown
 * a request and an answer as these, and what it does comes back as these.
 */
import type { ConsoleLine, ScriptFault, ScriptFlow, ScriptPlace, TestResult } from '#contract/model/checks.ts'

/** For one script, waiting for answers to `send()` not counted, in milliseconds. */
export const SCRIPT_TIME_MS = 5000
/** For an expression of an assertion. */
export const EXPRESSION_TIME_MS = 1000
export const SCRIPT_MEMORY_MIB = 64
/** A body up to here is handed to a script as text. */
export const SCRIPT_BODY_BYTES = 8 * 1024 * 1024

export interface ScriptText {
  readonly code: string
  readonly from: ScriptPlace
}

export interface ScriptHeader {
  readonly name: string
  readonly value: string
  readonly enabled: boolean
  /** Of the collection or a folder, not the request's own. */
  readonly inherited?: true
}

export interface ScriptRow {
  readonly name: string
  readonly value: string
  readonly enabled: boolean
  /** Of a part that is files: their paths. */
  readonly files?: readonly string[]
}

export type ScriptBody =
  | { readonly kind: 'none' | 'file' | 'websocket' }
  | { readonly kind: 'json' | 'text' | 'xml'; readonly text: string }
  | { readonly kind: 'graphql'; readonly query: string; readonly variables: string }
  | { readonly kind: 'form' | 'multipart'; readonly rows: readonly ScriptRow[] }

/** Before it is sent, as typed; afterwards, as it was sent. */
export interface ScriptRequest {
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: readonly ScriptHeader[]
  readonly body: ScriptBody
  readonly authKind: string
  /** Milliseconds that an answer may be silent; null: no limit; absent: the default. */
  readonly timeout?: number | null
  readonly maxRedirects?: number
  readonly followRedirects?: boolean
  readonly verify?: boolean
  readonly pathParams: readonly { readonly name: string; readonly value: string }[]
}

/** What a script changed of a request. */
export type RequestEdit = Partial<Omit<ScriptRequest, 'name' | 'authKind' | 'pathParams'>>

export interface ScriptCookie {
  readonly name: string
  readonly value: string
  readonly domain: string | null
  readonly path: string | null
  readonly expires: string | null
  readonly secure: boolean
  readonly httpOnly: boolean
}

export interface ScriptResponse {
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly cookies: readonly ScriptCookie[]
  /** Milliseconds. */
  readonly responseTime: number
  readonly bodyBytes: number
  readonly headerBytes: number
  /** How many redirects led to it. */
  readonly redirects: number
}

/** A body as it is handed over; decoded where a script asks for it. */
export type ScriptResponseBody =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly encoding: string }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'none' }

type Entries = readonly (readonly [string, string])[]

/** Variables by where they are defined, values with their references as they stand. */
export interface ScriptVariables {
  readonly given: Entries
  readonly captured: Entries
  readonly request: Entries
  readonly folder: Entries
  readonly environment: Entries
  readonly collection: Entries
}

export interface ScriptInfo {
  readonly requestName: string
  readonly collectionName: string
  /** Null: none is chosen. */
  readonly environmentName: string | null
  /** Of a run, from 0. */
  readonly iteration: number
  readonly iterationCount: number
}

export interface ScriptJob {
  /** Whose scripts these are: of one owner they have the same secrets. Null: of nobody else. */
  readonly owner: string | null
  readonly scripts: readonly ScriptText[]
  readonly request: ScriptRequest
  /** Null: it is not there yet. */
  readonly response: ScriptResponse | null
  readonly body: ScriptResponseBody
  readonly variables: ScriptVariables
  readonly info: ScriptInfo
  /** The environment of the process, where a script asks for it. */
  readonly env: Readonly<Record<string, string>>
  /** Of values made anew. */
  readonly seed: string
  /** For each script. */
  readonly timeMs: number
  /** The next script does not run where one broke. */
  readonly stopsAtFault: boolean
  /** The one script is an expression, whose value is wanted. */
  readonly isExpression?: true
}

export interface ScriptOutcome {
  /** Null: nothing was changed. */
  readonly edit: RequestEdit | null
  /** Variables to keep; null: to forget. */
  readonly kept: Readonly<Record<string, string | null>>
  /** Variables for this send alone. */
  readonly local: Readonly<Record<string, string | null>>
  readonly tests: readonly TestResult[]
  readonly console: readonly ConsoleLine[]
  readonly faults: readonly ScriptFault[]
  readonly flow: ScriptFlow | null
  /** Of an expression: its value as JSON, or absent where it has none. */
  readonly value?: string
}

export const NO_OUTCOME: ScriptOutcome = { edit: null, kept: {}, local: {}, tests: [], console: [], faults: [], flow: null }

/** The answer to a request that a script sent. */
export interface SentAnswer {
  readonly response: ScriptResponse
  readonly body: ScriptResponseBody
  /** The variables kept by now: the request's own scripts may have set some. */
  readonly captured: ScriptVariables['captured']
}

/** A saved request that a script sends, with the variables that it has set by then. */
export interface SavedCall {
  readonly name: string
  readonly kept: ScriptOutcome['kept']
  readonly local: ScriptOutcome['local']
}

/** What a script in the sandbox is begun with. */
export interface ScriptBeginning {
  readonly request: ScriptRequest
  readonly response: ScriptResponse | null
  readonly variables: ScriptVariables
  readonly info: ScriptInfo
  /** The state of `Math.random`: four numbers of 32 bits. */
  readonly random: readonly number[]
}

export type ToSandbox =
  | { readonly kind: 'run'; readonly id: number; readonly job: ScriptJob }
  | { readonly kind: 'answer'; readonly id: number; readonly call: number; readonly answer: SentAnswer | { readonly problem: string } }

export type FromSandbox =
  /** The engine is there; a script's time begins to count. */
  | { readonly kind: 'ready' }
  /** A script begins; `soFar` is what those before it came to. */
  | { readonly kind: 'began'; readonly id: number; readonly index: number; readonly soFar: ScriptOutcome }
  | ({ readonly kind: 'send'; readonly id: number; readonly call: number } & SavedCall)
  | { readonly kind: 'done'; readonly id: number; readonly outcome: ScriptOutcome }
  /** Of ours, not of the script. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
