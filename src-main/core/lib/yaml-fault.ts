/**
 * What is wrong with a text as YAML, in words of ours: those of the parser are terms of its grammar, in English alone. Part of a
 * sentence; where it is stands with whoever says it.
 */
import type { ErrorCode } from 'yaml'

const QUOTES = 'a quotation mark is not closed'
const BRACKETS = 'a bracket is not closed'
const COLON = 'a name has no colon after it'
const SOMEWHERE = 'a character is missing'

/** Null: of our parser's own inside, which its own words tell best. */
const BY_CODE: Readonly<Record<ErrorCode, string | null>> = {
  ALIAS_PROPS: 'an alias (*name) has a tag or an anchor before it',
  BAD_ALIAS: 'an anchor (&name) or alias (*name) has no name, or one that ends in a colon',
  BAD_COLLECTION_TYPE: 'a tag (!name) does not fit the value after it',
  BAD_DIRECTIVE: 'a line that begins with % is no directive of YAML',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins no escape that YAML knows',
  BAD_INDENT: 'a line is not indented as far as those that it belongs to',
  BAD_PROP_ORDER: 'an anchor or a tag stands before the sign that it has to follow',
  BAD_SCALAR_START: 'a value that begins with this character has to stand in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a value with a colon and a space in it has to stand in quotes',
  BLOCK_IN_FLOW: 'a list or mapping by lines stands within brackets',
  DUPLICATE_KEY: 'map keys must be unique',
  IMPOSSIBLE: null,
  KEY_OVER_1024_CHARS: 'a name has more than 1024 characters',
  MISSING_CHAR: SOMEWHERE,
  MULTILINE_IMPLICIT_KEY: COLON,
  MULTIPLE_ANCHORS: 'a value has more than one anchor',
  MULTIPLE_DOCS: 'it holds more than one YAML document',
  MULTIPLE_TAGS: 'a value has more than one tag',
  NON_STRING_KEY: 'a name is no text',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
  TAB_AS_INDENT: 'a line is indented by a tab, and YAML knows spaces only',
  TAG_RESOLVE_FAILED: 'a tag (!name) is not known, or does not fit the value after it',
  UNEXPECTED_TOKEN: 'something stands here that has no place in it',
}

/** What is missing, by what its own words say: the code is the same for all. */
const MISSING: readonly (readonly [RegExp, string])[] = [
  [/closing ["']quote/, QUOTES],
  [/followed by map values/, COLON],
  [/^Missing , /, 'a comma is missing between two values in brackets'],
  [/^Missing space after :/, 'a space is missing after a colon'],
  [/^Comments must be/, 'a space is missing before #'],
  [/^Tags and anchors must be/, 'a space is missing after a tag or an anchor'],
  [/without - indicator/, 'an item of a list does not begin with -'],
  [/^Missing directives-end/, 'a line with --- is missing after the directives'],
]

/** @param error of the package `yaml` */
export function yamlFault({ code, message }: { readonly code: ErrorCode; readonly message: string }): string {
  if (/end with a [}\]]/.test(message)) return BRACKETS
  const missing = code === 'MISSING_CHAR' ? MISSING.find(([said]) => said.test(message))?.[1] : undefined
  return missing ?? BY_CODE[code] ?? inOneLine(message)
}

function inOneLine(message: string): string {
  const words = (message.trim().split('\n')[0] ?? '').replace(/[.:]$/, '')
  return words.charAt(0).toLowerCase() + words.slice(1)
}
