/** What an expression of an assertion, a capture or a status message says, once it is understood. */
import type { QueryKind } from '#contract/model/body-query.ts'

/** A step into a value: `.name`, `['name']`, `[0]`. */
export type Step = string | number

/** A step of Bruno's `res('path')`, which goes through lists by itself; `deep`: at any depth, `..name`. */
export interface LooseStep {
  readonly key: Step
  readonly deep: boolean
}

/** What of an answer is looked at, before its steps. */
export type Source =
  | { readonly kind: 'status' | 'statusText' | 'httpVersion' | 'url' | 'ok' | 'encoding' }
  /** Milliseconds of the whole exchange. */
  | { readonly kind: 'responseTime' | 'timings' }
  /** Bytes of the body, decoded. */
  | { readonly kind: 'size' | 'sizes' }
  | { readonly kind: 'headers' | 'cookies' | 'history' }
  /** JSON as values, anything else as text. */
  | { readonly kind: 'body' | 'text' }
  | { readonly kind: 'loose'; readonly path: readonly LooseStep[] }
  | { readonly kind: 'query'; readonly language: QueryKind; readonly query: string }
  | { readonly kind: 'regex'; readonly pattern: string; readonly flags: string }
  | { readonly kind: 'schema'; readonly schema: SchemaSource }
  /** Passes below a status of 400. */
  | { readonly kind: 'gate' }
  /** Of the request as it was sent. */
  | { readonly kind: 'requestMethod' | 'requestUrl' | 'requestHeaders' }

export type SchemaSource =
  | { readonly kind: 'inline'; readonly text: string }
  /** A path, relative to the collection's folder. */
  | { readonly kind: 'file'; readonly path: string }

export interface Expression {
  readonly kind: 'expression'
  readonly source: Source
  readonly steps: readonly Step[]
}

/** A text that is none of these words; it may be JavaScript, for whoever can evaluate that. */
export interface NotUnderstood {
  readonly kind: 'unknown'
  /** What would have been understood, in words. */
  readonly message: string
  /** Index in the text. */
  readonly position: number
}
