/** What the process that is going to be killed tells, and how a document shows by itself whether it is whole. */
import type { RequestDocument } from '#contract/model/request.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'

/** A file of the collection, by what it holds. Paths are below the collection's folder. */
export interface Held {
  readonly path: string
  /** Of the request: stays through saves, renames and moves; a duplicate has it too. */
  readonly uid: string
  /** Of its content: another with each save. */
  readonly rev: string
}

export type Intent =
  | { readonly kind: 'save'; readonly path: string; readonly rev: string }
  | { readonly kind: 'create'; readonly uid: string; readonly rev: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'rename' | 'duplicate'; readonly path: string }
  | { readonly kind: 'move' | 'trash'; readonly paths: readonly string[] }
  | { readonly kind: 'restore'; readonly trashId: string }

/** What came of it, as the command answered. */
export interface Outcome {
  /** Old and new paths. */
  readonly moved?: readonly { readonly from: string; readonly to: string }[]
  /** Of what was made, duplicated or restored. */
  readonly paths?: readonly string[]
  readonly trashId?: string
}

export type Line =
  /** What the core finds at its start. */
  | {
      readonly is: 'state'
      readonly requests: readonly string[]
      readonly others: readonly string[]
      readonly drafts: readonly { readonly id: string; readonly rev: string }[]
    }
  | { readonly is: 'begin'; readonly intent: Intent }
  | { readonly is: 'done'; readonly outcome: Outcome }
  | { readonly is: 'draft'; readonly step: 'begin' | 'done'; readonly id: string; readonly number: number; readonly removed: boolean }
  /** The history tells that it has them. */
  | { readonly is: 'recorded'; readonly exchanges: readonly string[] }
  | { readonly is: 'failed'; readonly call: string; readonly error: unknown }

/** A request of so many lines that all say which revision they are of. */
export function revised(name: string, uid: string, rev: string, lines: number): RequestDocument {
  return {
    ...emptyRequest(name),
    method: 'POST',
    url: `http://x.test/${uid}/${rev}`,
    headers: [{ name: 'X-Lines', value: String(lines), enabled: true }],
    body: { kind: 'text', text: `${rev}\n`.repeat(lines) },
  }
}

/** @throws where the document is not one that was written, whole */
export function readRevised(document: RequestDocument): { uid: string; rev: string } {
  const [, uid, rev] = /^http:\/\/x\.test\/([^/]+)\/([^/]+)$/.exec(document.url) ?? []
  const lines = Number(document.headers[0]?.value)
  const text = document.body.kind === 'text' ? document.body.text : ''
  if (uid === undefined || rev === undefined) throw new Error(`The URL ${document.url} was never written.`)
  if (text !== `${rev}\n`.repeat(lines)) throw new Error(`The body of ${uid} is not that of ${rev}.`)
  return { uid, rev }
}

/** Numbers from 0 to 1, always the same for a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
