/**
 * The lines of a text that is on its way, as far as it has come, for the same list that shows it once it is whole. What needs
 * all of a text, to be found in it or wrapped, waits for that.
 */
import { readRecord, readRecords } from '../../actions/records.ts'
import { LONGEST_LINE, type LineSource, type TextRow } from './line-source.ts'
import type { RecordFeed } from './record-feed.ts'

/** Lines read at a time for copying. */
const LINES_PER_READ = 500
/** Rows have no more characters of a line. */
const ROW_CHARACTERS = 4000

/** The lines of a feed of them. */
export function arrivingLines(feed: RecordFeed): LineSource {
  return {
    get count() {
      return feed.status?.matched ?? 0
    },
    origin: (line) => ({ line, column: 0 }),
    line: (index) => feed.row(index)?.text,
    want: (first, last) => feed.want(first, last),
    chunk: LINES_PER_READ,
    longest: LONGEST_LINE,
    place: async (point) => {
      const count = await countBeyond(feed, point.line)
      return point.line < count ? point : { line: Math.max(0, count - 1), column: 0 }
    },
    pointOf: (place) => Promise.resolve(place),
    read: (first, last) => readRows(feed, first, last),
    wrapping: { kind: 'never' },
    subscribe: feed.subscribe,
    version: feed.version,
  }
}

/** How many lines there are once there is this one, or no more will come. */
function countBeyond(feed: RecordFeed, line: number): Promise<number> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const { status, error } = feed
      const count = status?.matched ?? 0
      const isDone = count > line || error !== null || (status?.isOver === true && status.isCaughtUp)
      if (isDone) resolve(count)
      return isDone
    }
    if (look()) return
    const stop = feed.subscribe(() => {
      if (look()) stop()
    })
  })
}

/** Lines as they are, where rows show the beginning of long ones only. */
async function readRows({ viewId }: RecordFeed, first: number, last: number): Promise<readonly TextRow[] | null> {
  const read = viewId === null ? null : await readRecords(viewId, first, last - first + 1)
  if (viewId === null || !read?.ok) return null
  const rows: TextRow[] = []
  for (const { number, text } of read.value) {
    const whole = text.length < ROW_CHARACTERS ? null : await readRecord(viewId, number)
    if (whole !== null && !whole.ok) return null
    rows.push({ text: whole === null ? text : whole.value.text, goesOn: false })
  }
  return rows
}
