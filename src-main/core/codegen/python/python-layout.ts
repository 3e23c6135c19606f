/**
 * Python expressions and how they are laid out: on one line where they fit, else one item a line with a comma behind the
 * last, which black leaves as it is.
 */
import { displayWidth } from '../../lib/display-width.ts'

/** Characters of a line, as black has them. */
export const LINE_WIDTH = 88
const STEP = '    '

/** An expression: a piece of code on one line, or brackets with items in them. */
export type Python = string | Brackets

export interface Brackets {
  /** What stands up to the opening bracket and behind the closing one, both included: `requests.get(` and `)`. */
  readonly open: string
  readonly close: string
  readonly items: readonly Item[]
}

export interface Item {
  /** `name=` of an argument, `"key": ` of a dictionary; empty: none. */
  readonly label: string
  readonly value: Python
}

export function call(callee: string, items: readonly (Item | Python)[]): Brackets {
  return { open: `${callee}(`, close: ')', items: items.map(asItem) }
}

export function list(items: readonly Python[]): Brackets {
  return { open: '[', close: ']', items: items.map(asItem) }
}

export function tuple(items: readonly [Python, Python, ...Python[]]): Brackets {
  return { open: '(', close: ')', items: items.map(asItem) }
}

/** @param pairs keys are code */
export function dict(pairs: readonly (readonly [key: string, value: Python])[]): Brackets {
  return { open: '{', close: '}', items: pairs.map(([key, value]) => ({ label: `${key}: `, value })) }
}

export function argument(name: string, value: Python): Item {
  return { label: `${name}=`, value }
}

/** Pairs of names as Python has them: a dictionary, or a list of tuples where a name comes twice. */
export function pairs(rows: readonly (readonly [name: string, value: Python])[], isRepeated: boolean): Brackets {
  return isRepeated ? list(rows.map((row) => tuple(row))) : dict(rows)
}

/**
 * A statement, laid out.
 *
 * @param before what stands before the expression, such as `response = `
 * @param after  what stands behind it, such as ` as response:`; it ends in no line break
 */
export function statement(before: string, value: Python, indent = '', after = ''): string {
  return `${indent}${before}${laidOut(value, indent, indent.length + before.length, after.length)}${after}`
}

/** More code than this does not fit on a line, however narrow its characters are. */
const LONGEST_LINE = 4 * LINE_WIDTH

/** The code of an expression on one line; null where it is longer than any line. Looks at no more than that. */
function onOneLine(value: Python): string | null {
  if (typeof value === 'string') return value
  let line = value.open
  for (const [index, { label, value: item }] of value.items.entries()) {
    const code = onOneLine(item)
    if (code === null || line.length > LONGEST_LINE) return null
    line += `${index === 0 ? '' : ', '}${label}${code}`
  }
  return line + value.close
}

/** @param behind characters that follow on its last line */
function laidOut(value: Python, indent: string, column: number, behind: number): string {
  if (typeof value === 'string') return value
  const line = onOneLine(value)
  if (line !== null && (value.items.length === 0 || column + displayWidth(line) + behind <= LINE_WIDTH)) return line
  const inner = indent + STEP
  const [only] = value.items
  // The sole argument of a call stands without a comma where it is laid out itself.
  const isSole = value.items.length === 1 && value.open.length > 1 && only?.label === '' && typeof only.value !== 'string'
  const items = value.items.map(({ label, value: item }) => {
    return `${inner}${label}${laidOut(item, inner, inner.length + displayWidth(label), 1)}${isSole ? '' : ','}\n`
  })
  return `${value.open}\n${items.join('')}${indent}${value.close}`
}

function asItem(item: Item | Python): Item {
  return typeof item === 'string' || !('label' in item) ? { label: '', value: item } : item
}
