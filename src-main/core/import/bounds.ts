/**
 * How much a document may be: as deep as no program writes on purpose, with aliases of YAML that stand for no more than
 * their text could. Whatever recurses into one that was read need not look again.
 */
import { isAlias, isCollection, isPair, isScalar, type Document } from 'yaml'
import { CoreError } from '../lib/core-error.ts'

/** How deep a value may be nested. */
export const MAX_DEPTH = 200

/** Finding what one of them stands for takes time that grows with their number. */
const MAX_ALIASES = 20_000

/** How many values the aliases of a text may stand for. */
const MAX_ALIASED = 1_000_000

interface Named {
  readonly name: string
  readonly text: string
}

/** @throws {CoreError} `Unreadable`, of a JSON text, with the place where it is too deep */
export function refuseDeepJson(source: Named): void {
  const { text } = source
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (char === QUOTE) at = endOfString(text, at)
    else if (char === OPEN_BRACE || char === OPEN_BRACKET) {
      depth += 1
      if (depth > MAX_DEPTH) throw tooDeep(source, at)
    } else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) depth -= 1
  }
}

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d]

function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return at
  }
  return text.length
}

/** A node with all that stands in it, aliases as what they stand for. */
interface Extent {
  readonly values: number
  readonly height: number
}

/**
 * @param document of which the parser says that nothing is wrong, or that it ran out of room for what is nested
 * @throws {CoreError} `Unreadable`
 */
export function refuseUnboundedYaml(document: Document.Parsed, source: Named): void {
  const [error] = document.errors
  if (error?.code === 'RESOURCE_EXHAUSTION') throw tooDeep(source, error.pos[0])
  if (error) return
  const anchored = new Map<string, Extent | 'open'>()
  let aliases = 0
  let aliased = 0
  const extentOf = (node: unknown, depth: number): Extent => {
    if (isAlias(node)) {
      const at = node.range?.[0] ?? 0
      const extent = anchored.get(node.source) ?? { values: 1, height: 0 }
      if (extent === 'open') throw refusal(source, at, 'has an alias that stands for itself')
      aliases += 1
      aliased += extent.values
      if (aliases > MAX_ALIASES) throw refusal(source, at, `has more than ${MAX_ALIASES.toLocaleString('en')} aliases`)
      if (aliased > MAX_ALIASED)
        throw refusal(source, at, `has aliases that stand for more than ${MAX_ALIASED.toLocaleString('en')} values`)
      if (depth + extent.height > MAX_DEPTH) throw tooDeep(source, at)
      return extent
    }
    if (isScalar(node)) return kept(node.anchor, { values: 1, height: 0 })
    if (!isCollection(node)) return { values: 1, height: 0 }
    if (depth >= MAX_DEPTH) throw tooDeep(source, node.range?.[0] ?? 0)
    if (node.anchor !== undefined) anchored.set(node.anchor, 'open')
    let [values, height] = [1, 0]
    for (const item of node.items) {
      for (const one of isPair(item) ? [item.key, item.value] : [item]) {
        const extent = extentOf(one, depth + 1)
        values += extent.values
        height = Math.max(height, extent.height)
      }
    }
    return kept(node.anchor, { values, height: height + 1 })
  }
  const kept = (anchor: string | undefined, extent: Extent): Extent => {
    if (anchor !== undefined) anchored.set(anchor, extent)
    return extent
  }
  extentOf(document.contents, 0)
}

function tooDeep(source: Named, offset: number): CoreError {
  return refusal(source, offset, `is nested more than ${MAX_DEPTH} levels deep`)
}

function refusal({ name, text }: Named, offset: number, what: string): CoreError {
  const before = text.slice(0, offset)
  const [line, column] = [before.split('\n').length, offset - before.lastIndexOf('\n')]
  return new CoreError('Unreadable', 'resolve', `${name || 'The text'} ${what}: line ${line}, column ${column}.`, {
    hint: 'Nothing was imported. No program writes that on purpose.',
    details: { ...(name !== '' && { file: name }), line, column },
  })
}
