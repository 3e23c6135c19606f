/**
 * JSON as Python's `json.dumps` writes it, which is what requests sends for `json=`: ASCII only, a space after commas
 * and colons, integers of any size, floats as `repr` has them, of a repeated key the last value in the first's place.
 *
 * @see CPython 3.11 `json/encoder.py`, `json/decoder.py`
 */

/** `json.loads` then `json.dumps(allow_nan=False)` refuses it: a number too large for a float. */
export class OutOfRange extends Error {
  readonly literal: string

  constructor(literal: string) {
    super('Out of range float values are not JSON compliant')
    this.name = 'OutOfRange'
    this.literal = literal
  }
}

/** Stands around a number that is too large, until it is known whether it stays: what is written has no such character. */
const TOO_LARGE = '\0'

const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(true|false|null)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))/suy

/** An array or an object that is being read. */
type Open =
  | { readonly kind: 'array'; readonly items: string[] }
  | { readonly kind: 'object'; readonly pairs: Map<string, string>; key: string | null }

/**
 * @param text valid JSON
 * @throws {OutOfRange} for a number beyond a float's range, unless its key comes again
 */
export function pythonJson(text: string): string {
  const open: Open[] = []
  let result = ''
  const put = (value: string): void => {
    const parent = open.at(-1)
    if (!parent) result = value
    else if (parent.kind === 'array') parent.items.push(value)
    else if (parent.key === null) parent.key = value
    else {
      parent.pairs.set(parent.key, value)
      parent.key = null
    }
  }
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [, mark, string, word, number] = match
    if (mark === '{') open.push({ kind: 'object', pairs: new Map(), key: null })
    else if (mark === '[') open.push({ kind: 'array', items: [] })
    else if (mark === '}' || mark === ']') {
      const closed = open.pop()
      if (closed) put(written(closed))
    } else if (string !== undefined) put(pythonString(JSON.parse(string) as string))
    else if (number !== undefined) put(pythonNumber(number))
    else if (word !== undefined) put(word)
  }
  const literal = result.split(TOO_LARGE)[1]
  if (literal !== undefined) throw new OutOfRange(literal)
  return result
}

function written(value: Open): string {
  if (value.kind === 'array') return `[${value.items.join(', ')}]`
  return `{${[...value.pairs].map(([key, item]) => `${key}: ${item}`).join(', ')}}`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
}

function pythonString(text: string): string {
  const escaped = text.replace(/["\\]|[^ -~]/g, (unit) => ESCAPES[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `"${escaped}"`
}

/** An integer keeps its digits; a float is written by its shortest digits, as in JavaScript, but in `repr`'s form. */
export function pythonNumber(literal: string): string {
  if (/^-?\d+$/.test(literal)) return literal === '-0' ? '0' : literal
  const value = Number(literal)
  if (!Number.isFinite(value)) return `${TOO_LARGE}${literal}${TOO_LARGE}`
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (exponent >= -4 && exponent < 16) return plain(mantissa, exponent)
  const digits = String(Math.abs(exponent)).padStart(2, '0')
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`
}

function plain(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
}
