/** What the kinds of bodies have in common as code, and the Content-Type that each is to have. */
import type { BehaviourRules } from '../../prepare/behaviour-rules.ts'
import type { CodeSource } from '../code-source.ts'
import type { Item, Python } from './python-layout.ts'
import type { Script } from './script.ts'

export interface PythonBody {
  readonly items: readonly Item[]
  /** The Content-Type that requests sends with it by itself; null: none. */
  readonly ownType: string | null
  /** The one that is to be sent, as code, where that is another; null: nothing is to be added. */
  readonly type: Python | null
  /** Files to open before the call, by the name that the code has for each; paths are code. */
  readonly files: readonly { readonly name: string; readonly path: string }[]
  /** A value that is put together once they are open. */
  readonly prepared: { readonly name: string; readonly value: Python } | null
  /** Whether a typed Content-Type is left to requests, which makes the boundary. */
  readonly withoutTypedType: boolean
}

export const NO_BODY: PythonBody = { items: [], ownType: null, type: null, files: [], prepared: null, withoutTypedType: false }

export interface BodyContext {
  readonly source: CodeSource
  readonly rules: BehaviourRules
  readonly script: Script
}

/**
 * The Content-Type that the body's kind adds to the prepared request; null: none; `typed`: somebody has typed one, which
 * is then among the headers.
 */
export function wantedType({ source }: BodyContext): { readonly kind: 'typed' } | { readonly kind: 'own'; readonly value: string } | null {
  const line = source.request.headers.find(({ name }) => name.toLowerCase() === 'content-type')
  if (line === undefined) return null
  return line.source === 'body' ? { kind: 'own', value: line.value } : { kind: 'typed' }
}

export type Wanted = ReturnType<typeof wantedType>

/** The Content-Type to add, as code; null where it is typed, or there is none. */
export function typeCode(wanted: Wanted, { script }: BodyContext): Python | null {
  return wanted?.kind === 'own' ? script.text(wanted.value) : null
}
