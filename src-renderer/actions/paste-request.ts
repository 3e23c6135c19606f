/**
 * A command or code pasted into the address: the request takes its place, as one undo step; several open tabs of their
 * own. What is more than a few requests, or brings sessions and environments along, is shown in the import dialog first.
 */
import type { DraftId } from '#contract/model/ids.ts'
import { importTextFault, IMPORT_FORMATS } from '#contract/model/import-formats.ts'
import type { ImportFormat, ImportSummary } from '#contract/model/import.ts'
import { failed } from '#contract/result.ts'
import { UNTITLED } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { counted, faultWords, notesInShort } from '../lib/import-words.ts'
import { newDraftId } from '../lib/new-draft-id.ts'
import { isUntitled, requestLabel } from '../lib/request-label.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { dropTab, openDocument } from './tabs.ts'
import { editDraft, undo } from './edit.ts'
import { openImportOf } from './import.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'
import { told } from '../lib/told.ts'

/** Of these one request alone has credentials, variables and more from the collection that it is in. */
const COLLECTIONS: ReadonlySet<ImportFormat> = new Set(['postman', 'insomnia', 'openapi', 'hoppscotch', 'thunder-client', 'opencollection'])
/** More are not what anyone wants to have open at once. */
const MAX_TABS = 10

/**
 * Put what is pasted into a request.
 *
 * @returns false where it could not be understood, which a notice says: the text is then the caller's to put in
 */
export async function pasteRequest(id: DraftId, text: string): Promise<boolean> {
  const fault = importTextFault(text)
  const read = fault ? failed(fault) : await platform().call('import.read', { ticket: newDraftId(), source: { kind: 'text', text } })
  if (!read.ok) {
    const { hint } = read.error
    useAppStore.getState().addNotice({ id: `paste:${id}`, tone: 'info', text: faultWords(read.error), ...(hint !== undefined && { hint }) })
    return false
  }
  const { importId, counts, format } = read.value
  const hasMore = COLLECTIONS.has(format) || counts.folders + counts.environments + counts.sessions > 0
  const isMore = counts.requests > MAX_TABS || counts.requests === 0 || hasMore
  if (isMore) {
    void platform().call('import.discard', { importId })
    openImportOf(text)
    return true
  }
  const got = await platform().call('import.requests', { importId, limit: MAX_TABS })
  void platform().call('import.discard', { importId })
  if (!got.ok) return false
  putIn(id, got.value.documents.map(withoutMadeName), { summary: read.value, text })
  return true
}

function putIn(
  id: DraftId,
  documents: readonly RequestDocument[],
  { summary, text }: { readonly summary: ImportSummary; readonly text: string },
): void {
  const [first, ...rest] = documents
  const tab = useDraftsStore.getState().tabs[id]
  if (!first) return
  const takesPlace = tab !== undefined && tab.broken === null && isBlank(tab.draft.document)
  const opened = (takesPlace ? rest : documents).map(openDocument)
  if (takesPlace) editDraft(id, 'paste', (draft) => ({ ...draft, document: inPlaceOf(draft.document, first) }), 'alone')
  const after = useDraftsStore.getState().tabs[id]?.draft.document
  const takeBack = (): void => {
    for (const other of opened) dropTab(other)
    const now = useDraftsStore.getState().tabs[id]
    if (takesPlace && now?.draft.document === after) undo(id)
  }
  const what = documents.length === 1 ? t`A request was made` : t`${counted(documents.length, 'requests')} were made`
  // PowerShell's own commands are read as cURL's are.
  const named = summary.format === 'curl' && !/\bcurl\b/i.test(text) ? t`PowerShell command` : told(IMPORT_FORMATS[summary.format])
  const lost = notesInShort(summary.notes)
  useAppStore.getState().addNotice({
    id: `paste:${id}`,
    tone: 'info',
    text: t`${what} of the ${named}.`,
    ...(lost !== '' && { hint: lost }),
    action: { label: t`Undo`, run: takeBack },
  })
}

/** Nothing is in it that somebody would miss. Its saved file, if it has one, keeps what it had until it is saved. */
function isBlank({ url, params, headers, body, cookies }: RequestDocument): boolean {
  return url.trim() === '' && params.length === 0 && headers.length === 0 && cookies.length === 0 && body.kind === 'none'
}

/** A name that only says where the request leads is none: the tab shows that anyway, and it follows what is edited. */
function withoutMadeName(made: RequestDocument): RequestDocument {
  const unnamed = { ...made, name: UNTITLED }
  return made.name === requestLabel(unnamed) ? unnamed : made
}

/** A request that was given a name keeps it. */
function inPlaceOf(before: RequestDocument, made: RequestDocument): RequestDocument {
  return isUntitled(before) || before.name === t`New request` ? made : { ...made, name: before.name }
}
