/** What an import is read from: texts with the names that they were dropped under, parsed at most once each. */
import { CoreError } from '../lib/core-error.ts'
import { refuseDeepJson, refuseUnboundedYaml } from './bounds.ts'
import { firstDocument } from './first-document.ts'

export interface SourceFile {
  /** As it is to be called: a path with `/`, relative to what was dropped; empty for a pasted text. */
  readonly name: string
  readonly text: string
  /** The value that the text is JSON for; undefined where it is not JSON. */
  readonly json: () => unknown
  /** As `json`, of YAML too: the first document of the text, where that is a mapping or a list. */
  readonly data: () => unknown
}

/** What importers are handed beside the text. */
export interface ImportTools {
  /** From 0 to 1. */
  readonly progress: (done: number) => void
  /** A new id on each call, for boundaries and the like; not random in tests. */
  readonly id: () => string
}

/** Longest text that begins as JSON, is none, and is read as YAML all the same, in characters. */
const MAX_FLOW_YAML = 512 * 1024

export function sourceFile(name: string, text: string): SourceFile {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
  const json = once(() => parsedJson(name, plain))
  return { name, text: plain, json, data: once(() => json() ?? (isBrokenJson(plain) ? undefined : parsedYaml(name, plain))) }
}

/** Braces may be YAML too, but nobody writes that much of it so; to find that out would take minutes. */
function isBrokenJson(text: string): boolean {
  return text.length > MAX_FLOW_YAML && /^\s*[[{]/.test(text)
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => (made ??= { value: make() }).value
}

function parsedJson(name: string, text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    refuseDeepJson({ name, text })
    return value
  } catch (error) {
    if (error instanceof CoreError) throw error
    return undefined
  }
}

function parsedYaml(name: string, text: string): unknown {
  try {
    const first = firstDocument(text)
    refuseUnboundedYaml(first, { name, text })
    if (first.errors.length > 0) return undefined
    const value: unknown = first.toJS({ maxAliasCount: -1 })
    return typeof value === 'object' && value !== null ? value : undefined
  } catch (error) {
    if (error instanceof CoreError) throw error
    return undefined
  }
}
