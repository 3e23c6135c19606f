/** Edits of the options. One that goes back to its default leaves no trace, so that the file does not fill up. */
import type { Options } from '#contract/model/request.ts'

export type TimeoutName = 'connect' | 'read' | 'total'
export type Retry = NonNullable<Options['retry']>
export type ChunkedUpload = NonNullable<Options['chunkedUpload']>

/** The options with one set; undefined takes it out. */
export function withOption<K extends Exclude<keyof Options, 'timeout'>>(options: Options, key: K, value: Options[K] | undefined): Options {
  const { [key]: _old, ...rest } = options
  return value === undefined ? rest : { ...rest, [key]: value }
}

/**
 * The options with the one at a path set, such as `http2` or `timeout.read`; undefined takes it out, and a table that it
 * leaves empty. The value must be of the option's own type: it comes from another layer's option of that path.
 */
export function withOptionAt(options: Options, path: string, value: unknown): Options {
  const [key = '', inner] = path.split('.')
  const { [key as keyof Options]: old, ...rest } = options // a path begins with the name of an option
  if (inner === undefined) return value === undefined ? rest : { ...rest, [key]: value }
  const table: Readonly<Record<string, unknown>> = typeof old === 'object' && !Array.isArray(old) ? { ...old } : {}
  const { [inner]: _old, ...others } = table
  const next = value === undefined ? others : { ...others, [inner]: value }
  return Object.keys(next).length === 0 ? rest : { ...rest, [key]: next }
}

/** The options with one timeout set, in seconds; null is no limit, undefined the default. */
export function withTimeout(options: Options, name: TimeoutName, value: number | null | undefined): Options {
  const { timeout = {}, ...others } = options
  const { [name]: _old, ...rest } = timeout
  const next = value === undefined ? rest : { ...rest, [name]: value }
  return Object.keys(next).length === 0 ? others : { ...others, timeout: next }
}

/** The retries with one field set; undefined takes it out. */
export function withRetry<K extends keyof Retry>(retry: Retry, key: K, value: Retry[K] | undefined): Retry {
  const { [key]: _old, ...rest } = retry
  return value === undefined ? rest : { ...rest, [key]: value }
}
