/**
 * The same tab in two windows of one host: the save that the core took last is what both show in the end. A window that
 * is still writing waits for the number of its own save; text that was overtaken stays as an undo step, and a notice
 * says so. Writing itself is `journal.ts`.
 */
import type { Draft } from '#contract/model/draft.ts'
import type { EventPayload } from '#contract/events.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { sameDocument } from '../lib/same-document.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { pushedUndo, undo } from './edit.ts'
import { basisOf, isJournalPending, onDraftWritten, setBasis } from './journal.ts'
import { platform } from './platform-ref.ts'
import { refreshPreview } from './preview.ts'
import { t } from '../lib/t.ts'

type Change = EventPayload<'draft.changed'>

/** What came from another window while this one was writing; the later one of two is kept. */
const waiting = new Map<DraftId, Change>()
/** Number of the last save of this window. */
const own = new Map<DraftId, number>()

/** Another window edited a tab that is open here too: it is shown, unless what is written here is later. */
export function draftChanged(change: Change): void {
  const { origin, draft, sequence } = change
  if (!useDraftsStore.getState().tabs[draft.id] || origin === platform().clientId || sequence <= (basisOf(draft.id) ?? 0)) return
  if (!isJournalPending(draft.id)) return take(change)
  if (sequence > (waiting.get(draft.id)?.sequence ?? 0)) waiting.set(draft.id, change)
}

/** Looks at what waits whenever a save of this window has its number. Returns what stops it. */
export function watchOtherWindows(): () => void {
  return onDraftWritten((id, sequence, isLast) => {
    own.set(id, sequence)
    const change = waiting.get(id)
    if (!change || !isLast) return
    waiting.delete(id)
    if (change.sequence > sequence) take(change)
  })
}

/** A host that was started anew counts from the beginning. */
export function forgetOtherWindows(): void {
  waiting.clear()
  own.clear()
}

function take({ draft, sequence, base }: Change): void {
  const store = useDraftsStore.getState()
  const tab = store.tabs[draft.id]
  if (!tab) return
  const written = own.get(draft.id)
  const isOvertaken = written !== undefined && (base ?? 0) < written && !sameDocument(tab.draft.document, draft.document)
  setBasis(draft.id, sequence)
  store.put({ ...tab, draft, undo: pushedUndo(tab) })
  refreshPreview(draft.id)
  if (isOvertaken) tellOvertaken(draft)
}

function tellOvertaken({ id, document }: Draft): void {
  useAppStore.getState().addNotice({
    id: `overtaken:${id}`,
    tone: 'info',
    text: t`“${document.name}” was edited in another window at the same time, and shows what was typed there.`,
    hint: t`What you typed here is one step back.`,
    action: { label: t`Undo`, run: () => undo(id) },
  })
}
