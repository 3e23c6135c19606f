/**
 * The text of a view while it is being made, and after: how far it is, and waiting for more of it. Its first lines are
 * there as soon as the first piece of the body is laid out, however long the rest takes.
 */
import { STRIDE_BYTES, type LineIndex } from './line-index.ts'
import type { ViewPart } from './view-job.ts'
import type { ViewResult } from './view-pipeline.ts'

/** Waiting for more of a view answers after this time at the latest, in milliseconds. */
const PATIENCE_MS = 250

export interface GrowingView {
  /** Lines to be read: of a line that is long, as much as there is. */
  readonly readable: () => LineIndex
  /** Lines to be gone through: those that have ended, all of them once it is whole. */
  readonly ended: () => LineIndex
  /** In UTF-16 units, so far. */
  readonly length: () => number
  /** Whether its lines are where it is made, not in its head alone. */
  readonly isTold: () => boolean
  /** How much of the body is in it, from 0 to 1; null once it is whole. */
  readonly share: () => number | null
  /** Offset at which its text will end, as far as can be told. */
  readonly expectedEnd: () => number
  /** Resolves once there is a line to be read. Rejects as making the view does, and so do the others. */
  readonly begun: Promise<void>
  readonly whole: Promise<ViewResult>
  /** Resolves once it has more than so many lines, or is whole; after a moment in any case. */
  readonly more: (lines: number, of: 'readable' | 'ended') => Promise<void>
}

/**
 * @param make tells what there is, as often as it likes
 * @param head what is known of it beforehand, if anything
 */
export function growView(make: (onPart: (part: ViewPart) => void) => Promise<ViewResult>, head: ViewPart | null): GrowingView {
  let part: ViewPart | null = null
  let result: ViewResult | null = null
  let isOver = false
  const listeners = new Set<() => void>()
  const changed = (): void => {
    for (const listener of [...listeners]) listener()
  }
  const latest = (): ViewPart | null => part ?? head
  const readable = (): LineIndex => {
    const known = latest()
    return result?.index ?? (known === null ? NOTHING : withLongLine(known))
  }
  const ended = (): LineIndex => result?.index ?? part?.index ?? NOTHING
  const whole = make((told) => {
    // The head may be longer than what is told first.
    if (told.share >= (head?.share ?? 0)) part = told
    changed()
  })
  const over = (made: ViewResult | null): void => {
    result = made
    isOver = true
    changed()
  }
  whole.then(over, () => over(null))
  const until = (holds: () => boolean, patienceMs: number): Promise<void> =>
    new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer)
        listeners.delete(look)
        resolve()
      }
      const look = (): void => {
        if (holds()) settle()
      }
      const timer = patienceMs === Infinity ? undefined : setTimeout(settle, patienceMs)
      listeners.add(look)
      look()
    })
  const failure = async (): Promise<void> => {
    if (isOver) await whole
  }
  const begun = until(() => isOver || readable().lines > 0, Infinity).then(failure)
  begun.catch(() => undefined) // who waits for it is told
  return {
    readable,
    ended,
    length: () => result?.length ?? latest()?.length ?? 0,
    isTold: () => result !== null || part !== null,
    share: () => (result === null ? (latest()?.share ?? 0) : null),
    expectedEnd: () => result?.index.end ?? (part === null ? Infinity : part.reach / Math.max(part.share, Number.EPSILON)),
    begun,
    whole,
    more: (lines, of) => until(() => isOver || { readable, ended }[of]().lines > lines, PATIENCE_MS).then(failure),
  }
}

const NOTHING: LineIndex = { lines: 0, end: 0, entries: Float64Array.from([0, 0]) }

/** A line that has not ended is read as far as it is handed out of any line, which is less than this. */
function withLongLine({ index, reach }: ViewPart): LineIndex {
  return reach - index.end < STRIDE_BYTES ? index : { lines: index.lines + 1, end: reach, entries: index.entries }
}

/** A view that is there already. */
export function wholeView(result: ViewResult): GrowingView {
  const index = (): LineIndex => result.index
  return {
    readable: index,
    ended: index,
    length: () => result.length,
    isTold: () => true,
    share: () => null,
    expectedEnd: () => result.index.end,
    begun: Promise.resolve(),
    whole: Promise.resolve(result),
    more: () => Promise.resolve(),
  }
}
