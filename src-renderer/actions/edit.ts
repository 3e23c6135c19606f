/**
 * Editing the request of a tab: every change goes through here, so that each can be undone, reaches the journal and
 * refreshes the preview. Undo belongs to the tab's document, not to a field or widget, and so outlives switching tabs
 * and sending.
 */
import type { Draft } from '#contract/model/draft.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { emptyAuth, emptyBody } from '#contract/model/request-defaults.ts'
import type { AuthKind, BodyKind, RequestDocument } from '#contract/model/request.ts'
import { sameDocument } from '../lib/same-document.ts'
import { withStep } from '../lib/undo-stack.ts'
import { pristineOf, useDraftsStore, type Tab, type UndoStep } from '../stores/drafts-store.ts'
import { draftEdited } from './journal.ts'
import { refreshPreview } from './preview.ts'

/** Text kept in undo steps, in characters; beyond it the oldest steps go. */
const MAX_UNDO_CHARACTERS = 24 * 1024 * 1024

/**
 * Change the document of a tab.
 *
 * @param field what is being changed, such as `url` or `headers.2.value`; equal names in a row make one undo step
 */
export function editDocument(id: DraftId, field: string, change: (document: RequestDocument) => RequestDocument): void {
  editDraft(id, field, (draft) => ({ ...draft, document: change(draft.document) }))
}

/** Switch the kind of body; what was typed under the old kind is shelved, not dropped. */
export function chooseBodyKind(id: DraftId, kind: BodyKind): void {
  editDraft(id, 'body.kind', (draft) => withBodyKind(draft, kind), 'alone')
}

/** The draft with a body of another kind: the shelved one of that kind, else what carries over from the old one. */
export function withBodyKind(draft: Draft, kind: BodyKind): Draft {
  const { body } = draft.document
  if (body.kind === kind) return draft
  const next = draft.shelvedBodies.find((shelved) => shelved.kind === kind) ?? carriedBody(body, kind)
  const shelved = draft.shelvedBodies.filter((other) => other.kind !== kind && other.kind !== body.kind)
  return {
    ...draft,
    document: { ...draft.document, body: next },
    shelvedBodies: body.kind === 'none' ? shelved : [...shelved, body],
  }
}

/**
 * The draft after its address was changed: one of a WebSocket makes a request without a body a WebSocket's, and another
 * address takes that back as long as no message is written.
 */
export function withKindOfUrl(draft: Draft): Draft {
  const { url, body } = draft.document
  if (/^\s*wss?:\/\//i.test(url)) return body.kind === 'none' ? withBodyKind(draft, 'websocket') : draft
  const isUntouched = body.kind === 'websocket' && body.messages.every(({ title, data }) => title === '' && data === '')
  return isUntouched && /^\s*https?:\/\//i.test(url) ? withBodyKind(draft, 'none') : draft
}

/** Switch the kind of auth; credentials typed under the old kind are shelved. */
export function chooseAuthKind(id: DraftId, kind: Exclude<AuthKind, 'unsupported'>): void {
  const change = (draft: Draft): Draft => {
    const { auth } = draft.document
    if (auth.kind === kind) return draft
    const next = draft.shelvedAuths.find((shelved) => shelved.kind === kind) ?? emptyAuth(kind)
    const shelved = draft.shelvedAuths.filter((other) => other.kind !== kind && other.kind !== auth.kind)
    return {
      ...draft,
      document: { ...draft.document, auth: next },
      shelvedAuths: auth.kind === 'none' || auth.kind === 'inherit' ? shelved : [...shelved, auth],
    }
  }
  editDraft(id, 'auth.kind', change, 'alone')
}

/** Take the last step back. Returns false where there is none. */
export function undo(id: DraftId): boolean {
  return travel(id, 'past', 'future')
}

/** Do the last undone step again. Returns false where there is none. */
export function redo(id: DraftId): boolean {
  return travel(id, 'future', 'past')
}

/**
 * Change the draft of a tab, its shelved bodies and credentials included, as one undo step.
 *
 * @param field as for `editDocument`
 * @param step whether it may join the step before it; a choice or a drop stands alone
 */
export function editDraft(id: DraftId, field: string, change: (draft: Draft) => Draft, step: 'joins' | 'alone' = 'joins'): void {
  const store = useDraftsStore.getState()
  const tab = store.tabs[id]
  if (!tab) return
  const draft = change(tab.draft)
  if (draft === tab.draft || draft.document === tab.draft.document) return
  const undo = withStep(tab.undo, stepOf(tab, field, performance.now()), step === 'joins')
  store.put({ ...tab, draft: withDirty(tab, draft), undo: { ...undo, past: trimmed(undo.past) } })
  edited(id)
}

/** Undo steps with the tab's present state on top: for a document that is replaced from outside, such as by its file. */
export function pushedUndo(tab: Tab): Tab['undo'] {
  const undo = withStep(tab.undo, stepOf(tab, '', 0), false)
  return { ...undo, past: trimmed(undo.past) }
}

/** The draft with its `dirty` flag told from what the file holds. */
export function withDirty(tab: Pick<Tab, 'saved'>, draft: Draft): Draft {
  const pristine = pristineOf({ saved: tab.saved, draft })
  const dirty = pristine === null || !sameDocument(pristine, draft.document)
  return draft.dirty === dirty ? draft : { ...draft, dirty }
}

function travel(id: DraftId, from: 'past' | 'future', to: 'past' | 'future'): boolean {
  const store = useDraftsStore.getState()
  const tab = store.tabs[id]
  const step = tab?.undo[from].at(-1)
  if (!tab || !step) return false
  const back = stepOf(tab, step.field, 0)
  const undo = { ...tab.undo, [from]: tab.undo[from].slice(0, -1), [to]: [...tab.undo[to], back] }
  const { document, shelvedBodies, shelvedAuths } = step
  store.put({ ...tab, draft: withDirty(tab, { ...tab.draft, document, shelvedBodies, shelvedAuths }), undo })
  edited(id)
  return true
}

function edited(id: DraftId): void {
  draftEdited(id)
  refreshPreview(id)
}

function stepOf(tab: Tab, field: string, at: number): UndoStep {
  const { document, shelvedBodies, shelvedAuths } = tab.draft
  return { document, shelvedBodies, shelvedAuths, field, at }
}

function trimmed(steps: readonly UndoStep[]): readonly UndoStep[] {
  let first = 0
  let characters = 0
  for (let index = steps.length - 1; index >= first; index -= 1) {
    const body = steps[index]?.document.body
    if (body && 'text' in body) characters += body.text.length
    if (characters > MAX_UNDO_CHARACTERS) first = index + 1
  }
  return first === 0 ? steps : steps.slice(first)
}

/** The new kind's empty body, with text or rows carried over where both kinds have them. */
function carriedBody(from: RequestDocument['body'], kind: BodyKind): RequestDocument['body'] {
  const next = emptyBody(kind)
  if ('text' in from && 'text' in next) return { ...next, text: from.text }
  if (from.kind === 'form' && next.kind === 'multipart') {
    return {
      ...next,
      parts: from.rows.map((row) => ({
        kind: 'text',
        name: row.name,
        value: row.value,
        enabled: row.enabled,
        contentType: '',
        headers: [],
      })),
    }
  }
  if (from.kind === 'multipart' && next.kind === 'form') {
    return {
      ...next,
      rows: from.parts.flatMap((part) => (part.kind === 'text' ? [{ name: part.name, value: part.value, enabled: part.enabled }] : [])),
    }
  }
  return next
}
