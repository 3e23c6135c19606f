/**
 * Drafts on their way to the journal: each edit is written within 300 ms, writes of one draft never overtake each other, and
 * what could not be written is kept by the browser: because the host was away, and written when it is back; because of the
 * disk, and tried again until it can be. What a
 * draft is, and which command writes it, the caller says.
 */
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Result } from '#contract/result.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import type { Keeper } from './unsent.ts'
import { t } from '../lib/t.ts'

/** Counted from the first edit not yet written, so that typing on does not put the write off. */
export const WRITE_AFTER_MS = 200

/** A disk that was full or not to be written to is asked again. */
export const RETRY_AFTER_MS = 5_000

export interface DraftWriter<V, W> {
  /** The draft as it is now; null: there is nothing to write, as of a closed one. */
  readonly current: (id: DraftId) => V | null
  readonly write: (id: DraftId, draft: V) => Promise<Result<W, WireError>>
  readonly remove: (id: DraftId) => Promise<Result<unknown, WireError>>
  /** Have the browser keep it; false where it could not. */
  readonly keep: (draft: V, dataDir: string | null, keeper: Keeper) => boolean
  /** Take out what the browser keeps. */
  readonly drop: (id: DraftId) => void
  readonly nameOf: (draft: V) => string
  /** Told of each write, and whether it has the last of what was typed. */
  readonly onWritten?: (id: DraftId, answer: W, isLast: boolean) => void
}

export interface WriteBehind {
  /** Note that a draft changed: it is written within 300 ms. */
  readonly edited: (id: DraftId) => void
  /** Write a draft at once. */
  readonly writeNow: (id: DraftId) => void
  /** Take a draft out of the journal. */
  readonly forget: (id: DraftId) => void
  /** Whether edits still wait to be written, or are being written. */
  readonly isPending: (id: DraftId) => boolean
  /** The host could not take this one. */
  readonly markUnwritten: (id: DraftId) => void
  /** Whether something was typed that the host did not take. */
  readonly isBehind: () => boolean
  /** Write everything that waits, now: the page may go away, and then no answer is heard. */
  readonly flush: () => void
  /** Write what the host could not take while it was away. */
  readonly retry: () => void
}

interface State {
  readonly timers: Map<DraftId, ReturnType<typeof setTimeout>>
  /** Of drafts that the disk did not take. */
  readonly retries: Map<DraftId, ReturnType<typeof setTimeout>>
  readonly chains: Map<DraftId, Promise<void>>
  /** Drafts whose last write failed. */
  readonly unwritten: Set<DraftId>
  /** Drafts that the host could not take out of the journal. */
  readonly unremoved: Set<DraftId>
  /** How often each draft was edited: tells whether a write had the last of it. */
  readonly edits: Map<DraftId, number>
}

export function createWriteBehind<V, W>(writer: DraftWriter<V, W>): WriteBehind {
  const state: State = {
    timers: new Map(),
    retries: new Map(),
    chains: new Map(),
    unwritten: new Set(),
    unremoved: new Set(),
    edits: new Map(),
  }
  const { timers, chains, unwritten, unremoved, edits } = state
  const write = (id: DraftId): void => writeOf(writer, state, id)
  const remove = (id: DraftId): void =>
    enqueue(chains, id, async () => {
      const removed = await writer.remove(id)
      if (removed.ok) unremoved.delete(id)
      else unremoved.add(id)
    })
  return {
    edited: (id) => {
      countEdit(edits, id)
      if (timers.has(id)) return
      timers.set(
        id,
        setTimeout(() => write(id), WRITE_AFTER_MS),
      )
    },
    writeNow: (id) => {
      countEdit(edits, id)
      write(id)
    },
    forget: (id) => {
      clearTimeout(timers.get(id))
      timers.delete(id)
      unwritten.delete(id)
      useAppStore.getState().settle(writingOf(id))
      edits.delete(id)
      writer.drop(id)
      remove(id)
    },
    isPending: (id) => timers.has(id) || unwritten.has(id) || chains.has(id),
    markUnwritten: (id) => void unwritten.add(id),
    isBehind: () => unwritten.size > 0 || (useAppStore.getState().connection !== 'open' && timers.size + chains.size > 0),
    flush: () => {
      const isOpen = useAppStore.getState().connection === 'open'
      for (const id of new Set([...timers.keys(), ...chains.keys()])) keep(writer, id, isOpen && !unwritten.has(id) ? 'tab' : 'browser')
      for (const id of [...timers.keys()]) write(id)
    },
    retry: () => {
      for (const id of [...unwritten]) write(id)
      for (const id of [...unremoved]) remove(id)
    },
  }
}

function writeOf<V, W>(writer: DraftWriter<V, W>, state: State, id: DraftId): void {
  const { timers, retries, chains, unwritten, edits } = state
  for (const waiting of [timers, retries]) {
    clearTimeout(waiting.get(id))
    waiting.delete(id)
  }
  enqueue(chains, id, async () => {
    const draft = writer.current(id)
    if (draft === null) return
    const upTo = edits.get(id)
    const saved = await writer.write(id, draft)
    if (saved.ok) {
      unwritten.delete(id)
      useAppStore.getState().settle(writingOf(id))
      writer.onWritten?.(id, saved.value, edits.get(id) === upTo)
      if (edits.get(id) === upTo) writer.drop(id)
      return
    }
    // Closed meanwhile.
    if (writer.current(id) === null) return
    const isTold = unwritten.has(id)
    unwritten.add(id)
    keep(writer, id, 'browser')
    if (saved.error.kind === 'Unavailable') return
    if (saved.error.kind === 'StorageError') {
      const again = setTimeout(() => writeOf(writer, state, id), RETRY_AFTER_MS)
      retries.set(id, again)
    }
    const app = useAppStore.getState()
    // A data folder that cannot be written is told of by a banner already, not once for each draft.
    if (!isTold && !app.info?.problem) app.addNotice(noticeOf(saved.error, writingOf(id)))
  })
}

/** What a notice of a failed write stays for. */
function writingOf(id: DraftId): string {
  return `draft ${id}`
}

/** Have the browser keep a draft as it is now. */
function keep<V, W>(writer: DraftWriter<V, W>, id: DraftId, keeper: Keeper): void {
  const draft = writer.current(id)
  const app = useAppStore.getState()
  if (draft === null || writer.keep(draft, app.info?.dataDir ?? null, keeper) || keeper === 'tab') return
  const text = t`“${writer.nameOf(draft)}” could not be written, and this browser could not keep it either.`
  app.addNotice({ id: 'unkept', tone: 'error', text, hint: t`Leave this window open until Posthaste is back.` })
}

function countEdit(edits: Map<DraftId, number>, id: DraftId): void {
  edits.set(id, (edits.get(id) ?? 0) + 1)
}

function enqueue(chains: Map<DraftId, Promise<void>>, id: DraftId, work: () => Promise<void>): void {
  const chain = (chains.get(id) ?? Promise.resolve()).then(work)
  chains.set(id, chain)
  void chain.then(() => {
    if (chains.get(id) === chain) chains.delete(id)
  })
}
