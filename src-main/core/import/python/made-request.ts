/** A request that a script makes, while the script is still being read. */
import type { Assertion } from '#contract/model/assertion.ts'
import type { ImportNote } from '#contract/model/import.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Span } from './syntax.ts'
import type { SessionValue } from './values.ts'

export interface MadeRequest extends Span {
  readonly line: number
  readonly document: RequestDocument
  /** Of the function that it is made in; empty at the top. */
  readonly caller: string
  readonly callerDocs: string
  /** Tests that have to hold for it to be made, as the script has them. */
  readonly conditions: readonly string[]
  readonly session: SessionValue | null
  /** `stream=True`. */
  readonly isStreamed: boolean
  /** Files that the script writes the answer to. */
  readonly savedTo: Set<string>
  readonly assertions: Assertion[]
  /** `raise_for_status()` of its answer. */
  raisesForStatus: boolean
  readonly notes: ImportNote[]
}
