/**
 * What scripts can call, as TypeScript declarations: the text that the editor completes from. `docs/scripts.md` says the
 * same in words; a test compiles its examples against this text and runs them.
 */
export const SCRIPT_API_TYPES = `/** The request: as typed before it is sent, and as it was sent afterwards. Only a before-request script can change it. */
declare const req: {
  url: string
  method: string
  /** Names in any case; with those that the collection and its folders give. */
  headers: Record<string, any>
  /** Of JSON, the value; of a form, its rows; else the text. */
  body: any
  /** Milliseconds for the whole exchange. */
  timeout: number | undefined
  maxRedirects: number | undefined
  readonly name: string
  readonly auth: string
  readonly pathParams: { name: string; value: string }[]
  getUrl(): string
  setUrl(url: string): void
  getHost(): string
  getPath(): string
  getQueryString(): string
  getPathParams(): { name: string; value: string }[]
  getMethod(): string
  setMethod(method: string): void
  getAuthMode(): string
  getName(): string
  getHeader(name: string): string | undefined
  getHeaders(): Record<string, any>
  setHeader(name: string, value: unknown): void
  setHeaders(headers: Record<string, unknown>): void
  deleteHeader(name: string): void
  deleteHeaders(names: string[]): void
  getBody(options?: { raw?: boolean }): any
  setBody(body: unknown): void
  getTimeout(): number | undefined
  setTimeout(milliseconds: number): void
  setMaxRedirects(count: number): void
  /** Has the request left out: nothing is sent. */
  skip(): void
}

interface ScriptAnswer {
  /** A value of a JSON body: \`res('items[0].id')\`, \`res('..name')\`, \`res('items[?]', item => item.price > 5)\`. */
  (path: string, ...picks: unknown[]): any
  readonly status: number
  readonly statusText: string
  readonly url: string
  readonly ok: boolean
  /** Names in any case. */
  readonly headers: Record<string, any>
  readonly cookies: Record<string, string>
  /** Of JSON, the value; else the text. */
  readonly body: any
  readonly text: string
  /** Milliseconds. */
  readonly responseTime: number
  /** Bytes of the body. */
  readonly size: number
  /** Redirects that led here. */
  readonly history: { readonly length: number }
  json(): any
  getStatus(): number
  getStatusText(): string
  getHeader(name: string): any
  getHeaders(): Record<string, any>
  getBody(): any
  getText(): string
  getResponseTime(): number
  getUrl(): string
  getSize(): { body: number; headers: number; total: number }
  /** For the rest of this script. */
  setBody(body: unknown): void
}

/** The answer. Not there before it came. */
declare const res: ScriptAnswer

interface ScriptVariables {
  get(name: string): any
  /** Keeps it beside the collection, for this and later sends; a value that is no text is kept as JSON. */
  set(name: string, value: unknown): void
  has(name: string): boolean
  unset(name: string): void
  clear(): void
  toObject(): Record<string, any>
  /** A text with its \`{{references}}\` filled in. */
  replaceIn(text: string): string
}

/** Every variable around the request. */
declare const vars: ScriptVariables
/** Those of the chosen environment. */
declare const env: ScriptVariables & { readonly name: string | undefined }

interface ScriptTest {
  (name: string, run: (done: (error?: unknown) => void) => unknown): Promise<void>
  skip(name: string, run?: unknown): void
}
declare const test: ScriptTest
/** chai's. */
declare function expect(value: unknown, message?: string): any
declare const assert: any
declare const chai: any
/** Sends a saved request of this collection, by its name or path (\`folder/login\`). */
declare function send(request: string): Promise<ScriptAnswer>
declare function sleep(milliseconds: number): Promise<void>
declare function require(name: 'chai' | 'crypto' | 'uuid' | 'url' | 'atob' | 'btoa'): any

declare const console: Record<
  'log' | 'info' | 'warn' | 'error' | 'debug' | 'trace' | 'dir' | 'table' | 'assert' | 'count' | 'time' | 'timeEnd',
  (...values: unknown[]) => void
>
declare function setTimeout(run: (...values: any[]) => void, milliseconds?: number, ...values: unknown[]): number
declare function setInterval(run: (...values: any[]) => void, milliseconds?: number, ...values: unknown[]): number
declare function clearTimeout(id: number): void
declare function clearInterval(id: number): void
declare function queueMicrotask(run: () => void): void
declare function atob(text: string): string
declare function btoa(text: string): string
declare function structuredClone<T>(value: T): T
declare const crypto: { randomUUID(): string; getRandomValues<T extends ArrayBufferView>(array: T): T }
declare class URL {
  constructor(url: string, base?: string)
  href: string
  readonly origin: string
  protocol: string
  username: string
  password: string
  host: string
  hostname: string
  port: string
  pathname: string
  search: string
  hash: string
  readonly searchParams: URLSearchParams
  static canParse(url: string, base?: string): boolean
}
declare class URLSearchParams {
  constructor(init?: string | Record<string, unknown> | Iterable<[string, unknown]>)
  readonly size: number
  append(name: string, value: unknown): void
  delete(name: string): void
  get(name: string): string | null
  getAll(name: string): string[]
  has(name: string): boolean
  set(name: string, value: unknown): void
  sort(): void
  forEach(run: (value: string, name: string) => void): void
  [Symbol.iterator](): Iterator<[string, string]>
}
declare class TextEncoder {
  encode(text?: string): Uint8Array
}
declare class TextDecoder {
  constructor(encoding?: string)
  decode(bytes?: Uint8Array | ArrayBuffer): string
}

interface PostmanList {
  get(key: string): any
  one(key: string): { key: string; value: string } | undefined
  has(key: string, value?: unknown): boolean
  all(): { key: string; value: string }[]
  count(): number
  each(run: (item: { key: string; value: string }) => void): void
  map<T>(run: (item: { key: string; value: string }) => T): T[]
  filter(run: (item: { key: string; value: string }) => boolean): { key: string; value: string }[]
  find(run: (item: { key: string; value: string }) => boolean): { key: string; value: string } | undefined
  toObject(): Record<string, string>
  add(item: { key: string; value: unknown } | string, value?: unknown): void
  upsert(item: { key: string; value: unknown }): void
  remove(key: string): void
  clear(): void
}

interface PostmanResponse {
  readonly code: number
  readonly status: string
  readonly headers: PostmanList
  readonly cookies: PostmanList
  readonly responseTime: number
  readonly responseSize: number
  text(): string
  json(): any
  reason(): string
  size(): { body: number; header: number; total: number }
  /** \`pm.response.to.have.status(200)\`, \`.header(name, value)\`, \`.body(text)\`, \`.jsonBody(path, value)\`, \`.to.be.ok\`, \`.to.be.json\`. */
  readonly to: any
}

/** Postman's. */
declare const pm: {
  test: ScriptTest
  expect: typeof expect
  readonly response: PostmanResponse
  readonly request: {
    url: any
    method: string
    readonly headers: PostmanList
    body: any
    readonly name: string
    readonly auth: { type: string }
    addHeader(header: { key: string; value: unknown } | string): void
    upsertHeader(header: { key: string; value: unknown }): void
    removeHeader(name: string): void
    getHeaders(): Record<string, string>
    addQueryParams(params: unknown): void
    removeQueryParams(names: string | string[]): void
  }
  readonly environment: ScriptVariables & { readonly name: string | undefined }
  readonly collectionVariables: ScriptVariables
  readonly globals: ScriptVariables
  /** What is set here holds for this send alone. */
  readonly variables: ScriptVariables
  readonly iterationData: ScriptVariables
  readonly cookies: PostmanList
  readonly info: { eventName: string; iteration: number; iterationCount: number; requestName: string; requestId: string }
  readonly execution: { skipRequest(): void; setNextRequest(name: string | null): void; runRequest(name: string): Promise<PostmanResponse> }
  setNextRequest(name: string | null): void
  /** A saved request of this collection, by its name or path. */
  sendRequest(name: string, done?: (error: Error | null, response: PostmanResponse) => void): Promise<PostmanResponse>
}

/** Bruno's. */
/** Insomnia's name for the same. */
declare const insomnia: typeof pm & { readonly baseEnvironment: typeof pm.collectionVariables; readonly baseGlobals: typeof pm.globals }

interface HoppExpectation {
  toBe(value: unknown): void
  toBeLevel2xx(): void
  toBeLevel3xx(): void
  toBeLevel4xx(): void
  toBeLevel5xx(): void
  toBeType(type: string): void
  toHaveLength(length: number): void
  toInclude(part: unknown): void
}

/** As scripts of Hoppscotch have it. */
declare const pw: {
  readonly env: {
    get(name: string): any
    set(name: string, value: unknown): void
    unset(name: string): void
    has(name: string): boolean
    resolve(text: string): string
    getResolve(name: string): any
  }
  test: ScriptTest
  expect(value: unknown): HoppExpectation & { readonly not: HoppExpectation }
  readonly response: { readonly status: number; readonly headers: { readonly key: string; readonly value: string }[]; readonly body: any }
}

/** As scripts of Thunder Client have it. */
declare const tc: {
  getVar(name: string): any
  setVar(name: string, value: unknown, scope?: string): void
  unsetVar(name: string): void
  test: ScriptTest
  readonly request: typeof req
  readonly response: {
    readonly status: number
    readonly headers: Record<string, any>
    readonly time: number
    readonly json: any
    readonly body: any
    readonly text: string
  }
}

declare const bru: {
  getVar(name: string): any
  setVar(name: string, value: unknown): void
  hasVar(name: string): boolean
  deleteVar(name: string): void
  deleteAllVars(): void
  getEnvVar(name: string): any
  setEnvVar(name: string, value: unknown): void
  hasEnvVar(name: string): boolean
  deleteEnvVar(name: string): void
  getEnvName(): string | undefined
  getGlobalEnvVar(name: string): any
  setGlobalEnvVar(name: string, value: unknown): void
  getRequestVar(name: string): any
  getFolderVar(name: string): any
  getCollectionVar(name: string): any
  getCollectionName(): string
  getProcessEnv(name: string): string | undefined
  interpolate<T>(value: T): T
  sleep(milliseconds: number): Promise<void>
  setNextRequest(name: string | null): void
  runRequest(name: string): Promise<ScriptAnswer>
  readonly runner: {
    skipRequest(): void
    stopExecution(): void
    setNextRequest(name: string | null): void
    /** From 0. */
    readonly iterationIndex: number
    readonly totalIterations: number
  }
}

/** Postman's of old. */
declare const postman: {
  setEnvironmentVariable(name: string, value: unknown): void
  getEnvironmentVariable(name: string): any
  clearEnvironmentVariable(name: string): void
  setGlobalVariable(name: string, value: unknown): void
  getGlobalVariable(name: string): any
  getResponseHeader(name: string): any
  setNextRequest(name: string | null): void
}
declare const tests: Record<string, unknown>
declare const responseBody: string
declare const responseCode: { code: number; name: string; detail: string }
declare const responseTime: number
declare const responseHeaders: Record<string, any>
`
