/**
 * What the host has not confirmed yet, kept by the browser until it has: a page that is reloaded, or closed, while the
 * host is away loses nothing. Of what a healthy host is about to confirm only this tab keeps a copy, for a reload in
 * between: an older copy must never come back over something newer. It is stored here only as long as it must be.
 */
import type { Draft, LayerDraft, WindowState } from '#contract/model/draft.ts'
import type { DraftId } from '#contract/model/ids.ts'

const PREFIX = 'posthaste.unsent.'
const WINDOW = `${PREFIX}window`
/** No draft's id has a dot. */
const LAYER = `${PREFIX}layer.`

/** The tab in front of a page that went before it was told of the others, and so wrote nothing of their row. */
const FRONT = 'posthaste.front'

/** A draft of a tab, or of a layer around requests. */
type DraftSort = 'tab' | 'layer'

/** `tab`: until the tab closes, `browser`: until it is taken out. */
export type Keeper = 'tab' | 'browser'

/** What was kept, as it was found: who takes it in checks it. */
export interface Unsent {
  readonly drafts: readonly { readonly id: DraftId; readonly draft: unknown }[]
  readonly layers: readonly { readonly id: DraftId; readonly draft: unknown }[]
  readonly window: unknown
}

/**
 * Keep a draft. Returns whether the browser could: it has room for a few million characters.
 *
 * @param dataDir the data folder it belongs to; null where that is not known
 */
export function keepUnsent(sort: DraftSort, draft: Draft | LayerDraft, dataDir: string | null, keeper: Keeper): boolean {
  return put(keeper, keyOf(sort, draft.id), { dataDir, draft })
}

export function keepUnsentWindow(window: WindowState, dataDir: string | null, keeper: Keeper): void {
  put(keeper, WINDOW, { dataDir, window })
}

export function keepFront(id: DraftId): void {
  try {
    storages().tab?.setItem(FRONT, id)
  } catch {
    // No room is left: then the tab that the row has in front is.
  }
}

/** What `keepFront` kept, once. */
export function takeFront(): DraftId | null {
  const kept = storages().tab?.getItem(FRONT) ?? null
  drop(FRONT)
  return kept as DraftId | null
}

export function dropUnsent(sort: DraftSort, id: DraftId): void {
  drop(keyOf(sort, id))
}

export function dropUnsentWindow(): void {
  drop(WINDOW)
}

export function isAnythingUnsent(): boolean {
  return keys().length > 0
}

/** What was kept for a data folder. */
export function readUnsent(dataDir: string): Unsent {
  const drafts = new Map<string, Unsent['drafts'][number]>()
  const layers = new Map<string, Unsent['layers'][number]>()
  let window: unknown = null
  for (const { storage, key } of keys()) {
    const kept = parse(storage.getItem(key))
    if (kept === null || (kept.dataDir !== null && kept.dataDir !== dataDir)) continue
    if (key === WINDOW) window ??= kept.window ?? null
    // The keys were made from drafts' ids; the host checks the drafts themselves.
    else if (key.startsWith(LAYER)) {
      if (!layers.has(key)) layers.set(key, { id: key.slice(LAYER.length) as DraftId, draft: kept.draft })
    } else if (!drafts.has(key)) drafts.set(key, { id: key.slice(PREFIX.length) as DraftId, draft: kept.draft })
  }
  return { drafts: [...drafts.values()], layers: [...layers.values()], window }
}

function keyOf(sort: DraftSort, id: DraftId): string {
  return (sort === 'layer' ? LAYER : PREFIX) + id
}

/** The tab's own first: it is the newer one. A browser may forbid either. */
function storages(): Record<Keeper, Storage | null> {
  const open = (storage: () => Storage | undefined): Storage | null => {
    try {
      return storage() ?? null
    } catch {
      return null
    }
  }
  return { tab: open(() => globalThis.sessionStorage), browser: open(() => globalThis.localStorage) }
}

function keys(): { storage: Storage; key: string }[] {
  const { tab, browser } = storages()
  return [tab, browser].flatMap((storage) => {
    if (!storage) return []
    const all = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
    return all.filter((key) => key.startsWith(PREFIX)).map((key) => ({ storage, key }))
  })
}

function put(keeper: Keeper, key: string, value: unknown): boolean {
  try {
    const storage = storages()[keeper]
    storage?.setItem(key, JSON.stringify(value))
    return storage !== null
  } catch {
    return false
  }
}

function drop(key: string): void {
  const { tab, browser } = storages()
  tab?.removeItem(key)
  browser?.removeItem(key)
}

function parse(text: string | null): { dataDir: unknown; draft?: unknown; window?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && 'dataDir' in value ? value : null
  } catch {
    return null
  }
}
