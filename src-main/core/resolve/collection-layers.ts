/** What a collection holds around a request, as its files say it. Storage reads it; the rest of this room merges it. */
import type { WireError } from '#contract/errors.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Script } from '#contract/model/script.ts'
import type { Defaults, Environment, Session } from '#contract/model/session.ts'

export interface FolderLayer {
  readonly id: NodeId
  readonly name: string
  readonly defaults: Defaults
  /** Of every request in it; absent: none. */
  readonly scripts?: readonly Script[]
}

export interface CollectionLayers {
  /** Null for a collection that is not on the list, as one that the command line meets. */
  readonly id: CollectionId | null
  /** Its folder; null where there is none. */
  readonly root: string | null
  readonly name: string
  readonly collection: Defaults
  /** Of every request of the collection; absent: none. */
  readonly scripts?: readonly Script[]
  /** Behind an answer, too, the collection's scripts come first and the request's own last. */
  readonly isSequential?: true
  /** Those that the request is in, the outermost first. */
  readonly folders: readonly FolderLayer[]
  readonly sessions: readonly Session[]
  readonly environments: readonly Environment[]
  /** Files that could not be read, so that what they say is missing. */
  readonly faults: readonly WireError[]
  /** What in the files counts for nothing, in words; with a session, where it is of that. Absent: nothing, or it was told already. */
  readonly notes?: readonly { readonly message: string; readonly session: string | null }[]
}

const NO_DEFAULTS: Defaults = { headers: [], auth: { kind: 'none' }, variables: [], options: {} }

/** Around a request that is in no collection. */
export const NO_COLLECTION: CollectionLayers = {
  id: null,
  root: null,
  name: '',
  collection: NO_DEFAULTS,
  folders: [],
  sessions: [],
  environments: [],
  faults: [],
}

/** A session that says nothing. */
export function emptySession(name: string): Session {
  return { name, headers: [], params: [], cookies: [], auth: { kind: 'none' }, options: {}, adapters: [] }
}
