/** A JSON text as the Python value that `json.loads` makes of it, for `json=`. */
import { pythonNumber } from '../../prepare/python-json.ts'
import { dict, list, type Brackets, type Python } from './python-layout.ts'

/** Deeper, and longer integers, than Python's parser takes. */
const MAX_DEPTH = 60
const MAX_DIGITS = 4000

const TOKEN = /\s*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|(true|false|null)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))/suy
const WORDS: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' }

type Open =
  | { readonly kind: 'array'; readonly items: Python[] }
  | { readonly kind: 'object'; readonly pairs: Map<string, Python>; key: string | null }

/**
 * The value of a JSON text that `json.dumps` can write; null where Python could not read it as code.
 *
 * @param string writes a string of it
 */
export function jsonLiteral(text: string, string: (value: string) => string): Python | null {
  const open: Open[] = []
  let result: Python | null = null
  const put = (value: Python): void => {
    const parent = open.at(-1)
    if (!parent) result = value
    else if (parent.kind === 'array') parent.items.push(value)
    else if (parent.key !== null) {
      parent.pairs.set(parent.key, value)
      parent.key = null
    }
  }
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [, mark, quoted, word, number] = match
    const parent = open.at(-1)
    if (mark === '{') open.push({ kind: 'object', pairs: new Map(), key: null })
    else if (mark === '[') open.push({ kind: 'array', items: [] })
    else if (mark === '}' || mark === ']') {
      const closed = open.pop()
      if (closed) put(bracketsOf(closed, string))
    } else if (quoted !== undefined) {
      const value = JSON.parse(quoted) as string
      if (parent?.kind === 'object' && parent.key === null) parent.key = value
      else put(string(value))
    } else if (number !== undefined) {
      const code = numberCode(number)
      if (code === null) return null
      put(code)
    } else if (word !== undefined) put(WORDS[word] ?? word)
    if (open.length > MAX_DEPTH) return null
  }
  return result
}

function bracketsOf(open: Open, string: (value: string) => string): Brackets {
  if (open.kind === 'array') return list(open.items)
  return dict([...open.pairs].map(([key, value]) => [string(key), value]))
}

/** As Python writes numbers, but without the plus that black takes away. Null: too long an integer for Python to read. */
function numberCode(literal: string): string | null {
  if (/^-?\d+$/.test(literal) && literal.length > MAX_DIGITS) return null
  // A number that is infinite is one that another of its key takes the place of.
  return Number.isFinite(Number(literal)) ? pythonNumber(literal).replace('e+', 'e') : literal
}
