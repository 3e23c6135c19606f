/**
 * What comes along with the end of an answer and is no part of it: the parser ends the connection over that, and says
 * nothing of it. What comes only after that is not waited for.
 */
import type { Wire } from './wire.ts'

export interface TakenBody {
  readonly bytes: number
  /** What the Content-Length says; null where there is none, or no body by rule. */
  readonly expectedBytes: number | null
  /** It has a transfer coding, which says itself where it ends. */
  readonly isCoded: boolean
}

export function surplusWarnings(peer: string, wire: Pick<Wire, 'afterHead' | 'afterChunks'>, body: TakenBody): string[] {
  const { bytes, expectedBytes, isCoded } = body
  // Chunks have their framing between them.
  const surplus = isCoded ? (wire.afterChunks() ?? 0) : (wire.afterHead() ?? 0) - bytes
  if (surplus <= 0) return []
  if (isCoded) return [`${peer} sent ${surplus} bytes after the last chunk of its answer; they were left out.`]
  return [
    bytes === 0 && expectedBytes !== 0
      ? `${peer} sent ${surplus} bytes after an answer that has no body; they were left out.`
      : `${peer} sent ${surplus} bytes more than the ${bytes} that its Content-Length says; they were left out.`,
  ]
}
