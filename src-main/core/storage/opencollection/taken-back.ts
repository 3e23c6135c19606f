/**
 * Taking a removal back: what was taken out of a text, letter by letter and with its comments, put in again where it
 * stood, also where the rest of the text has changed since.
 */

/** Lines on each side by which the place is known again. */
const CONTEXT_LINES = 3

/**
 * The text with what was taken out of `before` to make it `after`.
 *
 * @returns null where the place is not to be found, or not for certain
 */
export function takenBack(text: string, before: string, after: string): string | null {
  if (text === after) return before
  const start = commonStart(before, after)
  const end = commonEnd(before, after, start)
  const taken = before.slice(start, before.length - end)
  if (taken.length !== before.length - after.length) return null
  const place = after.length - end
  const ahead = lastLines(after.slice(0, place))
  const around = ahead + firstLines(after.slice(place))
  const found = text.indexOf(around)
  if (around === '' || found < 0 || text.includes(around, found + 1)) return null
  const at = found + ahead.length
  return text.slice(0, at) + taken + text.slice(at)
}

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  let length = 0
  while (length < most && one[length] === other[length]) length += 1
  // At the start of a line: two examples may begin alike.
  return one.lastIndexOf('\n', length - 1) + 1
}

function commonEnd(one: string, other: string, start: number): number {
  const most = Math.min(one.length, other.length) - start
  let length = 0
  while (length < most && one[one.length - 1 - length] === other[other.length - 1 - length]) length += 1
  return length
}

function lastLines(text: string): string {
  return text
    .split(/(?<=\n)/)
    .slice(-CONTEXT_LINES)
    .join('')
}

function firstLines(text: string): string {
  return text
    .split(/(?<=\n)/)
    .slice(0, CONTEXT_LINES)
    .join('')
}
