/**
 * What code is made from: the request as its form has it, with everything around it merged in and every reference filled
 * in, and the same request prepared, with the lines of its wire. Values that the code is to read from its environment are
 * placeholders in both.
 */
import type { RequestDocument, Row } from '#contract/model/request.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import type { Placeholders } from './placeholders.ts'

export interface CodeSource {
  /** Its own rows, the credentials and options that hold, no reference left; the rows that are off are in it still. */
  readonly form: RequestDocument
  /** Rows from around it, which stand before its own. */
  readonly inherited: Readonly<Record<'headers' | 'params' | 'cookies', readonly Row[]>>
  /** Names of headers, in lower case, that nobody is to add. */
  readonly omitted: ReadonlySet<string>
  readonly request: PreparedRequest
  readonly placeholders: Placeholders
}

export interface CodeNote {
  readonly severity: 'lost' | 'changed'
  /** One sentence. */
  readonly message: string
}

export interface Code {
  /** Ends with a line break. */
  readonly text: string
  readonly notes: readonly CodeNote[]
}

/** Makes code of one request. Pure: the same source, the same code. */
export type CodeGenerator = (source: CodeSource) => Code
