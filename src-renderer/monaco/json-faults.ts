/** What is wrong with a text as JSON, in words of ours: those of Monaco's worker are in English alone, and terms of its parser. */
import { t } from '../lib/t.ts'

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^Expected a JSON object/, t`A value is missing here: an object, an array, a text, a number, true, false or null.`],
  [/^End of file expected/, t`The JSON is over before this.`],
  [/^Invalid characters in string/, t`A text holds a control character that is not escaped.`],
  [/^Invalid escape character/, t`No escape of JSON begins with this.`],
  [/^Invalid unicode sequence/, t`Four hexadecimal digits have to follow \\u.`],
  [/^Unexpected end of number/, t`The number breaks off.`],
  [/^Invalid number format/, t`This is no number as JSON has them.`],
  [/^Unexpected end of string/, t`The text has no quotation mark at its end.`],
  [/^Unexpected end of comment/, t`The comment has no end.`],
  [/^Comments are not permitted/, t`JSON has no comments.`],
  [/^Colon expected/, t`A colon is missing here.`],
  [/^Duplicate object key/, t`The object has this name twice.`],
  [/^Expected comma or closing brace/, t`A comma or } is missing here.`],
  [/^Expected comma or closing bracket/, t`A comma or ] is missing here.`],
  [/^Expected comma$/, t`A comma is missing here.`],
  [/^Property expected/, t`A name in double quotes is missing here.`],
  [/^Property keys must be/, t`A name has to stand in double quotes.`],
  [/^Trailing comma/, t`JSON has no comma after the last one.`],
  [/^Value expected/, t`A value is missing here.`],
]

/** @param message as Monaco's worker has it; one that is not known stays as it is */
export function jsonFault(message: string): string {
  return WORDS.find(([pattern]) => pattern.test(message))?.[1] ?? message
}
