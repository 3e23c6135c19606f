/** What the options of one curl operation have come to, before it is a request. Filled in by `effects.ts`. */
import type { Options } from '#contract/model/request.ts'
import type { Stdin } from '../shell-words/shell-text.ts'

/** A piece of `-d`, `--json` or `--url-query`. */
export type DataPiece =
  | { readonly kind: 'text'; readonly text: string; readonly isJson: boolean }
  | { readonly kind: 'file'; readonly path: string; readonly stripsLines: boolean }

export interface FormField {
  readonly text: string
  readonly isLiteral: boolean
  readonly line: number
}

export type Scheme = 'basic' | 'digest' | 'ntlm' | 'negotiate' | 'anyauth'

export interface Settings {
  method: string | null
  isHead: boolean
  /** `-G`: data goes into the query. */
  isGet: boolean
  readonly headers: (readonly [name: string, value: string])[]
  readonly omitHeaders: string[]
  readonly data: DataPiece[]
  /** `--json` was among the data. */
  isJson: boolean
  readonly query: string[]
  readonly form: FormField[]
  readonly uploads: string[]
  user: string | null
  scheme: Scheme
  bearer: string | null
  aws: string | null
  readonly cookies: string[]
  userAgent: string | null
  referer: string | null
  range: string | null
  followsRedirects: boolean
  isGlobOff: boolean
  isPathAsIs: boolean
  certType: string
  proxy: string | null
  proxyUser: string | null
  proxyScheme: string
  retry: { count: number; delay: number | null; isOfAll: boolean }
  defaultScheme: string | null
  options: Mutable<Options>
  readonly stdin: Stdin | null
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export function emptySettings(stdin: Stdin | null): Settings {
  return {
    method: null,
    isHead: false,
    isGet: false,
    headers: [],
    omitHeaders: [],
    data: [],
    isJson: false,
    query: [],
    form: [],
    uploads: [],
    user: null,
    scheme: 'basic',
    bearer: null,
    aws: null,
    cookies: [],
    userAgent: null,
    referer: null,
    range: null,
    followsRedirects: false,
    isGlobOff: false,
    isPathAsIs: false,
    certType: '',
    proxy: null,
    proxyUser: null,
    proxyScheme: 'http',
    retry: { count: 0, delay: null, isOfAll: false },
    defaultScheme: null,
    options: {},
    stdin,
  }
}
