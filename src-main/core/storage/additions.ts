/** Many things that are to be added to a collection at once: what is in them, not where they go. */
import type { RequestDocument } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import type { Defaults, Environment, Session } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { PlainMap } from './opencollection/plain-edit.ts'

export type Secrets = Readonly<Record<string, string>>

export interface NewRequest {
  readonly kind: 'request'
  readonly document: RequestDocument
  /** As OpenCollection writes them. */
  readonly examples: readonly PlainMap[]
}

/** What a folder or a collection has beside its items. */
export interface NewLayer {
  readonly docs: string
  readonly defaults: Defaults
  readonly scripts: readonly Script[]
  /** Values of its secret variables, by name. */
  readonly secrets: Secrets
}

export interface NewFolder extends NewLayer {
  readonly kind: 'folder'
  readonly name: string
  readonly items: readonly NewItem[]
}

export type NewItem = NewRequest | NewFolder

export interface NewEnvironment {
  readonly environment: Environment
  readonly secrets: Secrets
}

/** What comes to a place that is there already: it gives nothing to what is there, but for variables of new names. */
export interface Additions {
  readonly items: readonly NewItem[]
  readonly environments: readonly NewEnvironment[]
  readonly sessions: readonly Session[]
  readonly variables: readonly Variable[]
  readonly secrets: Secrets
}

/** All of a collection that is not there yet. */
export interface NewCollection extends NewLayer, Omit<Additions, 'variables' | 'secrets'> {}

/** How the writing is watched and stopped. */
export interface Watch {
  readonly signal?: AbortSignal | undefined
  /** Told the share of the items that is written, from 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined
}
