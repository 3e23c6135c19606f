/**
 * The parts of a HAR 1.2 file, as far as they are written here.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */

export interface HarPair {
  readonly name: string
  readonly value: string
}

export interface HarCookie extends HarPair {
  readonly path?: string
  readonly domain?: string
  readonly expires?: string
  readonly httpOnly?: boolean
  readonly secure?: boolean
  readonly sameSite?: string
  readonly comment?: string
}

/** A field of a form: its text, or the name of its file. */
export interface HarParam {
  readonly name: string
  readonly value?: string
  readonly fileName?: string
  readonly contentType?: string
}

export interface HarPostData {
  readonly mimeType: string
  readonly params: readonly HarParam[]
  readonly text: string
  readonly comment?: string
}

export interface HarRequest {
  readonly method: string
  readonly url: string
  readonly httpVersion: string
  readonly cookies: readonly HarCookie[]
  readonly headers: readonly HarPair[]
  readonly queryString: readonly HarPair[]
  readonly postData?: HarPostData
  /** -1: not known. */
  readonly headersSize: number
  readonly bodySize: number
}

export interface HarContent {
  readonly size: number
  readonly compression: number
  readonly mimeType: string
  readonly text?: string
  readonly encoding?: 'base64'
  readonly comment?: string
}

export interface HarResponse {
  /** 0: no answer came. */
  readonly status: number
  readonly statusText: string
  readonly httpVersion: string
  readonly cookies: readonly HarCookie[]
  readonly headers: readonly HarPair[]
  readonly content: HarContent
  readonly redirectURL: string
  readonly headersSize: number
  readonly bodySize: number
  readonly comment?: string
}

/** Milliseconds; -1 for what did not take place. `connect` has `ssl` in it. */
export interface HarTimings {
  readonly blocked: number
  readonly dns: number
  readonly connect: number
  readonly ssl: number
  readonly send: number
  readonly wait: number
  readonly receive: number
}

export interface HarEntry {
  readonly startedDateTime: string
  readonly time: number
  readonly request: HarRequest
  readonly response: HarResponse
  readonly cache: Readonly<Record<string, never>>
  readonly timings: HarTimings
  readonly serverIPAddress?: string
  readonly connection?: string
  readonly comment?: string
}

export interface Har {
  readonly log: {
    readonly version: '1.2'
    readonly creator: { readonly name: string; readonly version: string }
    readonly entries: readonly HarEntry[]
  }
}
