/**
 * What code is made from: the request as its form has it, with everything around it merged in and every reference filled
 * in, and the same request prepared, with the lines of its wire. Values that the code is to read from its environment are
 * placeholders in both.
 */
import type { Options, RequestDocument, Row } from '#contract/model/request.ts'
import type { Adapter } from '#contract/model/session.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import type { Placeholders } from './placeholders.ts'

/** Retries and connections of the URLs below a prefix, where they are not the default. */
export interface CodeMount {
  /** Empty: of all URLs that no other prefix is for. */
  readonly prefix: string
  readonly retry?: Options['retry']
  readonly pool?: Adapter['pool']
}

/** The session that a request goes with. What it says of options is in those of the form. */
export interface CodeSession {
  /** Whether rows or credentials are its. */
  readonly gives: boolean
  readonly givesAuth: boolean
  readonly mounts: readonly CodeMount[]
}

export interface CodeSource {
  /** Its own rows, the credentials and options that hold, no reference left; the rows that are off are in it still. */
  readonly form: RequestDocument
  /** Rows from around it, which stand before its own. */
  readonly inherited: Readonly<Record<'headers' | 'params' | 'cookies', readonly Row[]>>
  readonly session: CodeSession
  /** Names of headers, in lower case, that nobody is to add. */
  readonly omitted: ReadonlySet<string>
  readonly request: PreparedRequest
  readonly placeholders: Placeholders
  /** The file that the answer is written to while it comes, however large it is; null: it is shown. */
  readonly saveTo: string | null
  /** The variable of the file that the cookies are in which command lines of one script share; null: there is none. */
  readonly jar: string | null
  /** Whether it stands in a file, where it is not pasted into a command line. */
  readonly isFile: boolean
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
