/** How many URLs of one command become requests: each has all the options of the command, so many options allow for few. */
import type { Notes } from '../notes.ts'

const MOST = 1000
const MOST_TOGETHER = 200_000

/** @param count of the command's options */
export function takenUrls<T>(urls: readonly T[], count: number, line: number, notes: Notes): readonly T[] {
  const most = Math.max(1, Math.min(MOST, Math.floor(MOST_TOGETHER / Math.max(count, 1))))
  if (urls.length <= most) return urls
  notes.add('lost', `Of the ${urls.length} URLs of a command the first ${most} are taken.`, line)
  return urls.slice(0, most)
}
