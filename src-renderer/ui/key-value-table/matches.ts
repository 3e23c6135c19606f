/** Which of a cell's suggestions fit what is typed. */

const MAX_SHOWN = 12
/** What a word begins after: `-` in header names, the others in expressions. */
const STARTS = ['-', '.', "['"] as const

/**
 * Suggestions that begin with the text, then those of which a word begins with it. None for a text that is one of them
 * already: the list would only be in the way.
 */
export function suggestionsFor(text: string, options: readonly string[], whenEmpty = false): readonly string[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return whenEmpty ? options.slice(0, MAX_SHOWN) : []
  if (options.some((option) => option.toLowerCase() === wanted)) return []
  const begins = options.filter((option) => option.toLowerCase().startsWith(wanted))
  const words = options.filter(
    (option) => !begins.includes(option) && STARTS.some((start) => option.toLowerCase().includes(start + wanted)),
  )
  return [...begins, ...words].slice(0, MAX_SHOWN)
}
