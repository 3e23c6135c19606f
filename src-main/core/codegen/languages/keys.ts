/** Characters in a command that a terminal takes for keys, told apart from the text around them. */

/**
 * What a terminal takes for a key where a command is pasted into it: a tab completes a name and its quotes, Ctrl+C gives the
 * line up, and what follows is then run. Line breaks, and tabs at the start of a line, are what they are in quotes.
 */
const KEYS = /(?:[\0-\x08\x0b-\x1f\x7f-\x9f]|(?<!\n\t*)\t)+/g

/** A text as stretches without keys, each with the keys behind it; always one at least. */
export function splitAtKeys(text: string): { readonly plain: string; readonly keys: string }[] {
  const pieces: { plain: string; keys: string }[] = []
  let from = 0
  for (const { 0: keys, index } of text.matchAll(KEYS)) {
    pieces.push({ plain: text.slice(from, index), keys })
    from = index + keys.length
  }
  return from < text.length || pieces.length === 0 ? [...pieces, { plain: text.slice(from), keys: '' }] : pieces
}
