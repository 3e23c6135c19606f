/** Core's sentences in another language: which template a sentence was made from, and the same with its values in the other's. */
import { fitSpaces } from './fit-spaces.ts'

interface Sentence {
  readonly pattern: RegExp
  /** Where each value of the template stands among the groups of the pattern. */
  readonly order: readonly number[]
  readonly text: string
  /** The longest piece without a value: a sentence that does not hold it is no other one's. */
  readonly piece: string
  /** How much of it is not a value: of two that fit, the one that says more itself. */
  readonly weight: number
  /** Whether it leads in another sentence, such as `Part %{0} of %{1}: %{2}`. */
  readonly isLeadIn: boolean
}

const VALUE = /%\{(\d+)\}/g
const MOST_REMEMBERED = 500
/** A template with fewer letters than this, such as `%{0} items`, is no frame for whole sentences. */
const FRAME = 9
/** What a value begins with that goes on a sentence, by how other languages write it. */
const JOINTS: readonly (readonly [string, string])[] = [
  [': ', '：'],
  ['. ', '。'],
  [', ', '，'],
  ['; ', '；'],
]
/** A value may be such a sentence in turn. */
const DEEPEST = 3

/** @param texts by their English template, `%{0}` for the first value */
export function sentencesFrom(texts: Readonly<Record<string, string>>): (said: string) => string {
  const templates = Object.entries(texts)
    .filter(([template]) => template.includes('%{'))
    .map(([template, text]) => sentenceOf(template, text))
    .filter(({ weight }) => weight > 2)
    .toSorted((a, b) => b.weight - a.weight)
  const leadIns = templates.filter(({ isLeadIn }) => isLeadIn)
  const remembered = new Map<string, string>()

  const whole = (said: string, depth: number): string | null => {
    if (Object.hasOwn(texts, said)) return texts[said] ?? null
    const led = ledIn(said, depth)
    if (led !== null) return led
    for (const { pattern, order, text, piece, weight } of templates) {
      const values = said.includes(piece) ? pattern.exec(said) : null
      if (values === null || (weight < FRAME && values.slice(1).some((value) => /(?:\S+ ){4}/.test(value)))) continue
      const value = (index: number): string => tell(values[order.indexOf(index) + 1] ?? '', depth + 1)
      return fitSpaces(text, value).replace(VALUE, (_place, index: string) => value(Number(index)))
    }
    return null
  }
  // What is led in is a sentence of its own, and says more than the lead-in: it would win, with the lead-in for one of its values.
  const ledIn = (said: string, depth: number): string | null => {
    for (const { pattern, order, text } of leadIns) {
      const values = pattern.exec(said)?.slice(1) ?? []
      const sentence = values.pop()
      const rest = sentence === undefined || depth >= DEEPEST ? null : several(sentence, depth + 1)
      if (rest === null) continue
      const value = (index: number): string => [...values, rest][order.indexOf(index)] ?? ''
      return fitSpaces(text, value).replace(VALUE, (_place, index: string) => value(Number(index)))
    }
    return null
  }
  const several = (said: string, depth: number): string | null => whole(said, depth) ?? sentenceBySentence(said, (one) => whole(one, depth))
  const tell = (said: string, depth = 0): string => {
    if (depth > DEEPEST || !/[A-Za-z]{2}/.test(said)) return said
    const items = (): string | null => itemByItem(said, (one) => whole(one, depth))
    // A list that begins with a text that is known is one, whatever template with little of its own would fit all of it.
    const told = (depth > 0 && Object.hasOwn(texts, said.split(', ', 1)[0] ?? '') ? items() : null) ?? several(said, depth)
    if (told !== null || depth === 0) return told ?? said
    const joint = JOINTS.find(([written]) => said.startsWith(written))
    if (joint) return joint[1] + tell(said.slice(joint[0].length), depth)
    return items() ?? said
  }
  return (said) => {
    const known = remembered.get(said)
    if (known !== undefined) return known
    const told = tell(said)
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(said, told)
    return told
  }
}

/** A word by itself, or whatever stands in quotes. */
const NAME = /^(?:\S+|“[^”]*”)$/

/** A list with commas; null where one of its items is not known and is no mere name. */
function itemByItem(said: string, tell: (one: string) => string | null): string | null {
  const all = said.split(', ')
  if (all.length === 1) return null
  const told = all.map((one) => tell(one))
  const isList = told.some((one) => one !== null) && told.every((one, index) => one !== null || NAME.test(all[index] ?? ''))
  return isList ? told.map((one, index) => one ?? all[index]).join('、') : null
}

/** Several sentences in a row; null where one of them is not known. */
function sentenceBySentence(said: string, tell: (one: string) => string | null): string | null {
  const all = said.split(/(?<=[.?!]) (?=\S)/)
  if (all.length === 1) return null
  const told = all.map((one) => tell(one))
  return told.includes(null) ? null : told.join('')
}

function sentenceOf(template: string, text: string): Sentence {
  const pieces = template.split(/%\{\d+\}/)
  const weight = pieces.reduce((sum, piece) => sum + piece.trim().length, 0)
  return {
    pattern: new RegExp(`^${pieces.map((piece) => escaped(piece)).join('([^]*?)')}$`),
    order: [...template.matchAll(VALUE)].map(([, index]) => Number(index)),
    text,
    piece: pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest)),
    weight,
    isLeadIn: /^[A-Z].*: %\{\d+\}$/.test(template),
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
