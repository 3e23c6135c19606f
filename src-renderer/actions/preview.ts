/**
 * The preview of each tab, asked of core's `prepare` as edits come. One question is under way per tab; an answer to a
 * document that has changed since is dropped and asked again.
 */
import type { DraftId } from '#contract/model/ids.ts'
import type { Preview } from '#contract/model/prepared.ts'
import type { WireError } from '#contract/errors.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { randomText } from '../lib/new-draft-id.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useCookiesStore } from '../stores/cookies-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { usePreviewsStore } from '../stores/previews-store.ts'
import { useTypedStore, type TypedText } from '../stores/typed-store.ts'
import { contextOf } from './context.ts'
import { collectionsKnown } from './first-read.ts'
import { platform } from './platform-ref.ts'
import { typedProblems, type TypedOption } from './typed.ts'
import { t } from '../lib/t.ts'

const REFRESH_AFTER_MS = 120

interface Refresh {
  timer: ReturnType<typeof setTimeout> | null
  running: boolean
  again: boolean
}

const refreshes = new Map<DraftId, Refresh>()
const seeds = new Map<DraftId, string>()
/** Tabs whose preview was asked for before something around them changed. */
const stale = new Set<DraftId>()

/** The random text that preview and wire derive the multipart boundary from; the same until the next send. */
export function seedOf(id: DraftId): string {
  const known = seeds.get(id)
  if (known !== undefined) return known
  const seed = randomText()
  seeds.set(id, seed)
  return seed
}

/** Take a new seed, once the old one has gone over the wire. */
export function rotateSeed(id: DraftId): void {
  seeds.delete(id)
}

/** Ask for a new preview, 120 ms after the last call. */
export function refreshPreview(id: DraftId): void {
  const refresh = refreshes.get(id) ?? { timer: null, running: false, again: false }
  refreshes.set(id, refresh)
  if (refresh.timer !== null) clearTimeout(refresh.timer)
  refresh.timer = setTimeout(() => {
    refresh.timer = null
    void run(id, refresh)
  }, REFRESH_AFTER_MS)
}

/** Ask for the preview of a tab that comes to the front, where there is none or things around it have changed. */
export function previewShown(id: DraftId): void {
  if (stale.has(id) || usePreviewsStore.getState().byTab[id] === undefined) refreshPreview(id)
}

/**
 * Something around the requests changed: the preview in front is asked for again, the others when they are shown.
 *
 * @param concerns which tabs; left out: all of them
 */
export function surroundingsMoved(concerns: (id: DraftId) => boolean = () => true): void {
  const { order, activeId } = useDraftsStore.getState()
  const concerned = order.filter(concerns)
  concerned.forEach((id) => stale.add(id))
  if (activeId !== null && concerned.includes(activeId)) refreshPreview(activeId)
}

/** Keep what is typed into a field as long as it is wrong; null forgets it. */
export function keepTyped(id: DraftId, field: TypedOption, typed: TypedText | null): void {
  if (typed === null && useTypedStore.getState().byTab[id]?.[field] === undefined) return
  useTypedStore.getState().set(id, field, typed)
  refreshPreview(id)
}

/**
 * The preview of the document as it is now; shown too, unless it is one with values that are given for one send.
 *
 * @param given values of the variables that are asked for
 */
export async function previewNow(id: DraftId, given?: Readonly<Record<string, string>>): Promise<Result<Preview, WireError>> {
  await collectionsKnown()
  const tab = useDraftsStore.getState().tabs[id]
  if (!tab) return failed({ kind: 'NotFound', stage: 'call', message: t`The request is not open any more.` })
  const { document, nodeId } = tab.draft
  stale.delete(id)
  const context = { ...contextOf(tab.draft), ...(given && { given: { ...given } }) }
  const answer = await platform().call('request.prepare', { document, nodeId, seed: seedOf(id), context })
  if (!answer.ok) {
    // What is shown is of before; it is asked for again when the tab is next looked at, or the host is back.
    stale.add(id)
    return answer
  }
  // What is typed and is no part of the document is known here only.
  const preview = {
    ...answer.value,
    address: document.url,
    problems: [...answer.value.problems.filter((problem) => !isAsked(problem)), ...typedProblems(id, document)],
  }
  if (given === undefined && useDraftsStore.getState().tabs[id]?.draft.document === document) usePreviewsStore.getState().set(id, preview)
  return ok(preview)
}

/** That a value is asked for at each send is no problem: Send asks for it. */
function isAsked({ kind, details }: WireError): boolean {
  return kind === 'UndefinedVariable' && details?.['ask'] !== undefined
}

/** Forget a closed tab. */
export function forgetPreview(id: DraftId): void {
  const refresh = refreshes.get(id)
  if (refresh?.timer) clearTimeout(refresh.timer)
  refreshes.delete(id)
  seeds.delete(id)
  stale.delete(id)
  usePreviewsStore.getState().remove(id)
  useCookiesStore.getState().removeTab(id)
  useTypedStore.getState().remove(id)
}

async function run(id: DraftId, refresh: Refresh): Promise<void> {
  if (refresh.running) {
    refresh.again = true
    return
  }
  if (useDraftsStore.getState().tabs[id]?.broken !== null) return
  refresh.running = true
  try {
    const answer = await previewNow(id)
    if (!answer.ok && answer.error.kind !== 'Unavailable' && answer.error.kind !== 'NotFound')
      useAppStore.getState().addNotice(noticeOf(answer.error))
  } finally {
    refresh.running = false
  }
  if (!refresh.again) return
  refresh.again = false
  await run(id, refresh)
}
