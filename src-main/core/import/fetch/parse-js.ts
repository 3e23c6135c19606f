/**
 * Parses a script as JavaScript, else as TypeScript. Types say nothing of what is sent, so they are left out of what is
 * read on: `as T`, `satisfies T`, `value!` and `<T>value` are the values in them.
 */
import { Parser, parse, type Program } from 'acorn'
import { tsPlugin } from '@sveltejs/acorn-typescript'
import type { SourceFile } from '../import-source.ts'
import { unreadable } from '../notes.ts'

const OPTIONS = {
  ecmaVersion: 'latest',
  sourceType: 'module',
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: true,
  allowHashBang: true,
  locations: true,
} as const

const TypeScript = Parser.extend(tsPlugin())
/** `<T>value` is an element there. */
const TypeScriptWithElements = Parser.extend(tsPlugin({ jsx: true }))

const READERS: readonly ((text: string) => Program)[] = [
  (text) => parse(text, OPTIONS),
  (text) => TypeScript.parse(text, OPTIONS),
  (text) => TypeScriptWithElements.parse(text, OPTIONS),
]

/** @throws {CoreError} `Unreadable` with the place up to which any of the languages makes sense */
export function parseJs({ name, text }: SourceFile): Program {
  let farthest: Place = { line: 1, column: 0 }
  for (const read of READERS) {
    try {
      return read(text)
    } catch (error) {
      const place = placeOf(error)
      // What reads TypeScript stumbles over some broken texts without saying where.
      if (place === null && (error instanceof RangeError || read === READERS[0])) throw error
      if (place === null) continue
      if (place.line > farthest.line || (place.line === farthest.line && place.column > farthest.column)) farthest = place
    }
  }
  throw unreadable('The text is neither JavaScript nor TypeScript.', name, farthest.line, farthest.column + 1)
}

interface Place {
  readonly line: number
  /** From 0. */
  readonly column: number
}

function placeOf(error: unknown): Place | null {
  if (!(error instanceof SyntaxError) || !('loc' in error)) return null
  const { loc } = error
  if (typeof loc !== 'object' || loc === null || !('line' in loc) || !('column' in loc)) return null
  return typeof loc.line === 'number' && typeof loc.column === 'number' ? { line: loc.line, column: loc.column } : null
}

const TYPED = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion', 'TSInstantiationExpression'])

/** Puts the value in the place of each expression that only says its type, everywhere in a program. */
export function withoutTypes(program: Program): Program {
  const waiting: object[] = [program]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const [key, value] of Object.entries<unknown>({ ...node })) {
      if (typeof value !== 'object' || value === null) continue
      const plain = valueIn(value)
      if (plain !== value) Reflect.set(node, key, plain)
      waiting.push(plain)
    }
  }
  return program
}

function valueIn(node: object): object {
  let plain = node
  while ('type' in plain && typeof plain.type === 'string' && TYPED.has(plain.type) && 'expression' in plain) {
    if (typeof plain.expression !== 'object' || plain.expression === null) break
    plain = plain.expression
  }
  return plain
}
