/**
 * Tabs that someone quick opened before those of the last time were read. By then the journal may have them already, and they
 * may show a request that one of the last time shows: no tab is there twice, and of two of one request a clean one goes.
 */
import type { Tab } from '../stores/drafts-store.ts'

export interface JoinedTabs {
  /** Those of the last time, then the early ones. */
  readonly tabs: readonly Tab[]
  /** Clean ones whose request another tab shows. */
  readonly gone: readonly { readonly tab: Tab; readonly by: Tab }[]
}

/**
 * @param restored those of the last time, in their order, as the journal has them
 * @param early those that are open in this window, which are newer than what the journal has of them
 */
export function joinTabs(restored: readonly Tab[], early: readonly Tab[]): JoinedTabs {
  const isEarly = new Set(early.map(({ draft }) => draft.id))
  const others = restored.filter(({ draft }) => !isEarly.has(draft.id))
  const gone = early.flatMap((tab) => {
    const twin = others.find((other) => tab.draft.nodeId !== null && other.draft.nodeId === tab.draft.nodeId)
    if (twin === undefined) return []
    if (isClean(twin)) return [{ tab: twin, by: tab }]
    return isClean(tab) ? [{ tab, by: twin }] : []
  })
  const goes = new Set(gone.map(({ tab }) => tab))
  return { tabs: [...others, ...early].filter((tab) => !goes.has(tab)), gone }
}

function isClean({ draft, broken }: Tab): boolean {
  return !draft.dirty && (broken === null || broken.text === broken.savedText)
}
