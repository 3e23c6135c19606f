/**
 * Which value of a JSON text stands at a place of it, for a text that is shown and clicked on. It is read token by token,
 * so a text that breaks off still has its places, and numbers stay as they are typed. Pure.
 */
import type { JsonStep } from '#contract/model/json-path.ts'

export interface JsonPlace {
  /** From the top down; where the text holds several values, which of them comes first. */
  readonly steps: readonly JsonStep[]
  /** Whether the text holds several values, one after the other. */
  readonly isOneOfSeveral: boolean
  /** Of a text what it says, of anything else its JSON without spaces. */
  readonly value: string
  readonly isText: boolean
}

/** A string, even one that breaks off; a bracket, comma or colon; a number or word. */
const TOKEN = /"(?:[^"\\]|\\.)*"?|[[\]{}:,]|[^\s[\]{}:,"]+/gs

/** A list or an object that is being read. */
interface Open {
  readonly start: number
  /** Of the member or item that is being read. */
  step: JsonStep
  valueStart: number
  /** Whether a string is a name next. */
  isName: boolean
}

/**
 * @param offset in UTF-16 units: in a value, its name or what closes it, or before it on its line
 * @returns null where there is no value
 */
export function jsonValueAt(text: string, offset: number): JsonPlace | null {
  const start = valueStartAt(text, offset)
  if (start === null) return null
  const { steps, at } = start
  const value = valueFrom(text, at)
  const isText = value.startsWith('"')
  const isOneOfSeveral = countOfTops(text) > 1
  return { steps: isOneOfSeveral ? steps : steps.slice(1), isOneOfSeveral, value: isText ? textOf(value) : value, isText }
}

function valueStartAt(text: string, offset: number): { readonly steps: readonly JsonStep[]; readonly at: number } | null {
  // The text itself is a list of the values in it.
  const open: Open[] = [{ start: 0, step: -1, valueStart: 0, isName: false }]
  let isNext = false
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const isAt: boolean = isNext || index + token.length >= offset
    const inner = open.at(-1)
    if (!inner) return null
    const steps = (): readonly JsonStep[] => open.map(({ step }) => step)
    if (token === '}' || token === ']') {
      if (open.length > 1) open.pop()
      if (isAt) return { steps: steps(), at: inner.start }
    } else if (token === ',') {
      if (isAt) return { steps: steps(), at: inner.valueStart }
      if (typeof inner.step === 'number') inner.step += 1
      else inner.isName = true
    } else if (token === ':') isNext ||= isAt
    else if (inner.isName && token.startsWith('"')) {
      inner.step = textOf(token)
      inner.isName = false
      isNext ||= isAt
    } else {
      if (open.length === 1 && typeof inner.step === 'number') inner.step += 1
      inner.valueStart = index
      if (isAt) return { steps: steps(), at: index }
      if (token === '{') open.push({ start: index, step: '', valueStart: index, isName: true })
      else if (token === '[') open.push({ start: index, step: 0, valueStart: index, isName: false })
    }
  }
  return null
}

/** The value that begins there, without spaces. */
function valueFrom(text: string, at: number): string {
  const tokens: string[] = []
  let depth = 0
  for (const { 0: token } of text.slice(at).matchAll(TOKEN)) {
    tokens.push(token)
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    if (depth <= 0) break
  }
  return tokens.join('')
}

/** Up to two. */
function countOfTops(text: string): number {
  let [depth, tops] = [0, 0]
  for (const { 0: token } of text.matchAll(TOKEN)) {
    if (depth === 0) tops += 1
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    if (tops > 1) break
  }
  return tops
}

function textOf(token: string): string {
  try {
    return String(JSON.parse(token))
  } catch {
    return token.replace(/^"|"$/g, '')
  }
}
