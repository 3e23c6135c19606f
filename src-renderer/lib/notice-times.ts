/** How long a notice stays: as long as it takes to read. Pure. */

interface Told {
  readonly tone: 'info' | 'error'
  readonly text: string
  readonly hint?: string
  readonly progress?: number
  readonly action?: unknown
  readonly about?: readonly string[]
}

const INFO_MS = 5_000
/** Longer where there is something to press. */
const WITH_ACTION_MS = 10_000
const ERROR_MS = 12_000
/** For each character beyond a line. A slow reader reads some 15 in a second. */
const MS_A_CHARACTER = 65
const ONE_LINE = 60

/** Milliseconds; null: until what it is about is over. */
export function shownFor({ tone, text, hint = '', progress, action, about }: Told): number | null {
  if (progress !== undefined || about !== undefined) return null
  const least = tone === 'error' ? ERROR_MS : action !== undefined ? WITH_ACTION_MS : INFO_MS
  return least + Math.max(0, text.length + hint.length - ONE_LINE) * MS_A_CHARACTER
}
