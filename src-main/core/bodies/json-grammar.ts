/**
 * JSON's grammar as a table: for each state and byte either the next state, when the byte is simply part of the text, or
 * an action for the one who walks it. Besides RFC 8259 it takes `NaN`, `Infinity` and `-Infinity`, which Python's json
 * writes. Nesting is the walker's to keep; in the table a list and an object differ only until their first item.
 *
 * @see RFC 8259 §2-§7
 */

/** Between top-level values, at the start too. */
export const TOP = 0
/** Behind `[`: a value or `]`. */
export const FIRST_ITEM = 1
/** Behind `{`: a name or `}`. */
export const FIRST_NAME = 2
export const VALUE = 3
export const NAME = 4
export const COLON = 5
/** Behind a value. */
export const AFTER = 6
/** Behind `true` and the like, where nothing may follow directly that could lengthen the word. */
const AFTER_WORD = 7
/** In a string; followed by its escape states. */
export const TEXT = 8
const TEXT_ESCAPE = 9
const TEXT_HEX = 10 // to 13
/** In a string that is a name; followed by its escape states. */
export const NAME_TEXT = 14
const NAME_ESCAPE = 15
const NAME_HEX = 16 // to 19
const MINUS = 20
const ZERO = 21
const INTEGER = 22
const POINT = 23
const FRACTION = 24
const EXPONENT = 25
const EXPONENT_SIGN = 26
const EXPONENT_DIGITS = 27
/** In a word; one state for each of its letters. */
const WORDS = 28

/** From here on an entry of the table is an action. */
export const ACTION = 64
/** The byte cannot stand here. */
export const FAIL = 64
/** White space between tokens. */
export const SPACE = 65
/** The first value or name in a container, or a top-level value: lay out, then go on as VALUE or NAME. */
export const LEAD = 66
export const OPEN = 67
export const CLOSE = 68
export const COMMA = 69
export const PAIR = 70

/** Entry of state `s` and byte `b` at `s * 256 + b`. */
export const TABLE: Uint8Array = buildTable()

/** States in which a text may end, as far as one value goes. */
export function mayEnd(state: number): boolean {
  return [TOP, AFTER, AFTER_WORD, ZERO, INTEGER, FRACTION, EXPONENT_DIGITS].includes(state)
}

/** What is wrong with a byte that cannot stand in a state, in words. */
export function expectedIn(state: number): string {
  if (state >= MINUS) return 'not a value'
  if (state === TEXT || state === NAME_TEXT) return 'a control character in a string'
  if (state === TEXT_ESCAPE || state === NAME_ESCAPE) return 'an unknown escape in a string'
  if (state > TEXT) return 'expected a hexadecimal digit'
  return EXPECTED[state] ?? ''
}

/** What a text breaks off in, in words. */
export function endedIn(state: number): string {
  if (state >= MINUS && !mayEnd(state)) return 'the text ends inside a value'
  return state >= TEXT && state < MINUS ? 'the text ends inside a string' : 'the text ends too early'
}

const EXPECTED: Readonly<Record<number, string>> = {
  [TOP]: 'expected a value',
  [FIRST_ITEM]: 'expected a value or “]”',
  [FIRST_NAME]: 'expected a name in double quotes or “}”',
  [VALUE]: 'expected a value',
  [NAME]: 'expected a name in double quotes',
  [COLON]: 'expected “:”',
  [AFTER]: 'expected “,” or the end of the list or object',
  [AFTER_WORD]: 'not a value',
}

function buildTable(): Uint8Array {
  const table = new Uint8Array(64 * 256).fill(FAIL)
  const on = (state: number, bytes: string, next: number): void => {
    for (const byte of Buffer.from(bytes, 'latin1')) table[state * 256 + byte] = next
  }
  structure(on)
  text(on, TEXT, TEXT_ESCAPE, TEXT_HEX, AFTER)
  text(on, NAME_TEXT, NAME_ESCAPE, NAME_HEX, COLON)
  numbers(on)
  words(on)
  for (const state of [AFTER, AFTER_WORD, ZERO, INTEGER, FRACTION, EXPONENT_DIGITS]) {
    on(state, ' \t\r\n\x1e', SPACE)
    on(state, ',', COMMA)
    on(state, ']}', CLOSE)
  }
  return table
}

type On = (state: number, bytes: string, next: number) => void

function structure(on: On): void {
  for (const state of [TOP, FIRST_ITEM, FIRST_NAME, VALUE, NAME, COLON]) on(state, ' \t\r\n', SPACE)
  on(TOP, '\x1e', SPACE) // what begins a value in a JSON text sequence, RFC 7464
  for (const state of [TOP, FIRST_ITEM]) on(state, '{["-0123456789tfnNI', LEAD)
  on(FIRST_NAME, '"', LEAD)
  on(FIRST_ITEM, ']', CLOSE)
  on(FIRST_NAME, '}', CLOSE)
  on(VALUE, '{[', OPEN)
  on(VALUE, '"', TEXT)
  on(NAME, '"', NAME_TEXT)
  on(COLON, ':', PAIR)
}

function text(on: On, inside: number, escape: number, hex: number, behind: number): void {
  for (let byte = 0x20; byte < 0x100; byte += 1) on(inside, String.fromCharCode(byte), inside)
  on(inside, '"', behind)
  on(inside, '\\', escape)
  on(escape, '"\\/bfnrt', inside)
  on(escape, 'u', hex)
  for (let digit = 0; digit < 4; digit += 1) on(hex + digit, '0123456789abcdefABCDEF', digit === 3 ? inside : hex + digit + 1)
}

function numbers(on: On): void {
  on(VALUE, '-', MINUS)
  for (const state of [VALUE, MINUS]) {
    on(state, '0', ZERO)
    on(state, '123456789', INTEGER)
  }
  on(INTEGER, '0123456789', INTEGER)
  for (const state of [ZERO, INTEGER]) on(state, '.', POINT)
  for (const state of [POINT, FRACTION]) on(state, '0123456789', FRACTION)
  for (const state of [ZERO, INTEGER, FRACTION]) on(state, 'eE', EXPONENT)
  on(EXPONENT, '+-', EXPONENT_SIGN)
  for (const state of [EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS]) on(state, '0123456789', EXPONENT_DIGITS)
}

function words(on: On): void {
  let free = WORDS
  for (const word of ['true', 'false', 'null', 'NaN', 'Infinity']) {
    for (const [index, letter] of [...word].entries()) {
      const from = index === 0 ? VALUE : free + index - 1
      on(from, letter, index === word.length - 1 ? AFTER_WORD : free + index)
      if (index === 0 && word === 'Infinity') on(MINUS, letter, free)
    }
    free += word.length - 1
  }
}
