/**
 * Steps that bytes are pushed through, one after the other, to make the text view of a body. A sink must be done with
 * the bytes when it returns: their buffer is used again.
 */
export type ByteSink = (bytes: Uint8Array) => void

export interface ByteStage {
  readonly write: ByteSink
  /** Nothing more comes; what was held back is pushed on. */
  readonly end: () => void
}
