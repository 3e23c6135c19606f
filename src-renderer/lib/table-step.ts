/** Names of the undo steps that edits of a table make. */

let serial = 0

/**
 * The name of an edit's step, for `editDocument` and `editLayer`: typing in one cell is one step, anything else is one each.
 *
 * @param section first part of the name, such as `headers`
 * @param what as a table tells it, such as `2.value`
 */
export function tableStep(section: string, what: string): string {
  const isTyping = /\.(?:name|value|filename|contentType|description|rules\.[a-zA-Z]+)$/.test(what)
  if (!isTyping) serial += 1
  return `${section}.${what}${isTyping ? '' : `#${serial}`}`
}
