/**
 * A place in an OpenAPI description: a value, with references followed wherever one is met. Descriptions may be spread over
 * files that were handed over together; nothing is fetched, and a circle of references ends as one that leads nowhere.
 */
import type { SourceFile } from '../import-source.ts'

export type Mapping = Readonly<Record<string, unknown>>

/** References that lead to references. */
const MAX_CHAIN = 50

/** Told of each reference that could not be followed. */
export type LostReason = 'remote' | 'missing' | 'circle'
type OnLost = (reference: string, why: LostReason) => void

export interface Files {
  /** By their names. */
  readonly byName: ReadonlyMap<string, SourceFile>
  readonly onLost: OnLost
  /** Nodes of schemas that samples may still be made of, in all, and whether some had to do with less than their schema. */
  readonly samples: { left: number; isCut: boolean }
}

export class SpecNode {
  /** With references followed; undefined where there is nothing. */
  readonly value: unknown
  /** Last word of the reference that led here; empty: none did. */
  readonly referred: string
  readonly files: Files
  private readonly file: string
  /** What stands beside a reference counts before what the reference leads to, as OpenAPI 3.1 has it of path items and schemas. */
  private readonly beside: { readonly file: string; readonly value: Mapping } | null

  constructor(files: Files, file: string, value: unknown) {
    const found = followed(files, file, value)
    this.files = files
    this.value = found.value
    this.file = found.file
    this.referred = found.referred
    this.beside = found.referred !== '' && isMapping(value) && isMapping(found.value) ? { file, value } : null
  }

  /** Whether it is more than what its reference leads to. */
  get isExtended(): boolean {
    return this.beside !== null && Object.keys(this.beside.value).length > 1
  }

  get exists(): boolean {
    return this.value !== undefined && this.value !== null
  }

  get(key: string): SpecNode {
    const own = this.beside && ownValue(this.beside.value, key)
    if (this.beside && own !== undefined && own !== null) return new SpecNode(this.files, this.beside.file, own)
    return new SpecNode(this.files, this.file, isMapping(this.value) ? ownValue(this.value, key) : undefined)
  }

  /** Its keys with what stands there, in order; none of a value that is no mapping. */
  entries(): (readonly [string, SpecNode])[] {
    if (!isMapping(this.value)) return []
    const beside = this.beside ? keysOf(this.beside.value).filter((key) => key !== '$ref') : []
    return [...new Set([...keysOf(this.value), ...beside])].map((key) => [key, this.get(key)] as const)
  }

  items(): SpecNode[] {
    return Array.isArray(this.value) ? this.value.map((item: unknown) => new SpecNode(this.files, this.file, item)) : []
  }

  /** The text of a key; numbers and booleans are texts too, all else is none. */
  text(key: string): string {
    return scalarText(this.get(key).value)
  }

  is(key: string): boolean {
    return this.get(key).value === true
  }
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The keys of a mapping that can be keys of any object. */
export function keysOf(value: Mapping): string[] {
  return Object.keys(value).filter((key) => key !== '__proto__')
}

export function scalarText(value: unknown): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function ownValue(value: Mapping, key: string): unknown {
  return key !== '__proto__' && Object.hasOwn(value, key) ? value[key] : undefined
}

interface Found {
  readonly value: unknown
  readonly file: string
  readonly referred: string
}

function followed(files: Files, file: string, value: unknown): Found {
  let found: Found = { value, file, referred: '' }
  let first = ''
  for (let step = 0; step < MAX_CHAIN; step += 1) {
    const reference = isMapping(found.value) ? ownValue(found.value, '$ref') : undefined
    if (typeof reference !== 'string') return found
    first ||= reference
    found = lookedUp(files, found.file, reference)
  }
  files.onLost(first, 'circle')
  return { ...found, value: undefined }
}

function lookedUp(files: Files, from: string, reference: string): Found {
  const hash = reference.indexOf('#')
  const path = hash < 0 ? reference : reference.slice(0, hash)
  const pointer = hash < 0 ? '' : reference.slice(hash + 1)
  const nothing: Found = { value: undefined, file: from, referred: '' }
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(path)) {
    files.onLost(reference, 'remote')
    return nothing
  }
  const name = path === '' ? from : joined(from, decoded(path))
  const root = files.byName.get(name)?.data()
  const value = root === undefined ? undefined : pointedAt(root, pointer)
  if (value === undefined) {
    files.onLost(reference, 'missing')
    return nothing
  }
  const word = pointer === '' ? (name.split('/').at(-1) ?? '').replace(/\.\w+$/, '') : (pointerWords(pointer).at(-1) ?? '')
  return { value, file: name, referred: word }
}

/** @see RFC 6901 §4 */
function pointedAt(root: unknown, pointer: string): unknown {
  let value = root
  for (const word of pointerWords(pointer)) {
    if (Array.isArray(value)) value = /^\d+$/.test(word) ? (value[Number(word)] as unknown) : undefined
    else value = isMapping(value) ? ownValue(value, word) : undefined
  }
  return value
}

function pointerWords(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((word) => decoded(word).replaceAll('~1', '/').replaceAll('~0', '~'))
}

function joined(from: string, path: string): string {
  const words = from.split('/').slice(0, -1)
  for (const word of path.replaceAll('\\', '/').split('/')) {
    if (word === '..') words.pop()
    else if (word !== '.' && word !== '') words.push(word)
  }
  return words.join('/')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
