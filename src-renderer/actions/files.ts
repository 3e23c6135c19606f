/**
 * Files that are dropped on a request or picked for it. On a host that reads files where they are, the path is all; in
 * the browser the bytes are first copied to the data folder, with progress and a way to stop. Then one undo step makes
 * them rows of a Multipart body, or the file of a File body.
 */
import type { Draft } from '#contract/model/draft.ts'
import type { DraftId, NodeId } from '#contract/model/ids.ts'
import type { BodyKind, FilePart, RequestDocument } from '#contract/model/request.ts'
import type { WireError } from '#contract/errors.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { BODY_LABELS } from '../lib/body-labels.ts'
import { baseName, belowRoot, fieldNameOf, hasExtension, hiddenWords } from '../lib/file-names.ts'
import { formatBytes } from '../lib/format-bytes.ts'
import { capabilities } from '../platform/use-capability.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { fileArrival } from './arriving-files.ts'
import { isFolder, MAX_FILES, nameOfSource, openFolders, sourcesOf, type Source } from './dropped-files.ts'
import { chooseBodyKind, editDocument, editDraft, undo, withBodyKind } from './edit.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'

/** A file the core can read. */
export interface KnownFile {
  readonly path: string
  /** What it was called where it came from; a copy may lie under another name. */
  readonly name: string
  /** What the browser takes it for; empty where its name tells or nothing does. */
  readonly contentType: string
}

/** Show a copy's progress no sooner than this: most are done before. */
const PROGRESS_AFTER_MS = 200

/**
 * Make dropped files part of a request's body: rows of Multipart, or the file of a File body; another kind of body
 * becomes Multipart and is shelved. Call it while the drop event is being handled.
 */
export async function addDroppedFiles(id: DraftId, dropped: readonly File[] | DataTransfer, _target: 'body'): Promise<void> {
  await addFoundFiles(id, sourcesOf(dropped))
}

/** The same, with what was dropped already looked at. */
export async function addFoundFiles(id: DraftId, found: readonly Source[]): Promise<void> {
  const sources = fitting(id, found)
  if (sources.length === 0) return
  await fileArrival(id, addSources(id, sources))
}

/**
 * @param withHidden hidden files below the sources are taken too
 * @returns whether the files are in the request now
 */
async function addSources(id: DraftId, sources: readonly Source[], withHidden = false): Promise<boolean> {
  const found = await knownFiles(sources, withHidden)
  const { addNotice } = useAppStore.getState()
  if (!found.ok) {
    if (found.error.kind !== 'Cancelled') addNotice(noticeOf(found.error))
    return false
  }
  const { files, hidden } = found.value
  const [first] = files
  if (hidden.length > 0) sayWhatIsHidden(id, hidden)
  else if (!first) addNotice({ id: 'no-files', tone: 'info', text: t`There are no files in what was dropped.` })
  if (!first) return true
  if (!useDraftsStore.getState().tabs[id]) {
    const what = files.length === 1 ? first.name : t`${files.length} files`
    addNotice({ id: 'no-tab', tone: 'info', text: t`The request that ${what} was dropped on was closed, so nothing was added.` })
    return false
  }
  addFiles(id, files)
  return true
}

/** A drop leaves out what most people do not mean; it says so, and takes it where they do. */
function sayWhatIsHidden(id: DraftId, hidden: readonly Source[]): void {
  useAppStore.getState().addNotice({
    id: `hidden-files:${id}`,
    tone: 'info',
    text: hiddenWords(hidden.map(nameOfSource)),
    action: { label: hidden.length === 1 ? t`Add it too` : t`Add them too`, run: () => void fileArrival(id, addSources(id, hidden, true)) },
  })
}

/** Make known files part of a request's body, as one undo step. */
export function addFiles(id: DraftId, files: readonly KnownFile[]): void {
  const tab = useDraftsStore.getState().tabs[id]
  if (files.length === 0 || !tab || tab.broken !== null) return
  const root = rootOf(tab.draft.nodeId)
  editDraft(id, 'body.files', (draft) => withFiles(draft, files, root), 'alone')
  sayWhatChanged(id, tab.draft.document)
}

/** A drop may change more than it seems: another kind of body, or a body for a method that seldom has one. */
function sayWhatChanged(id: DraftId, before: RequestDocument): void {
  const after = useDraftsStore.getState().tabs[id]?.draft.document
  if (!after) return
  const from = before.body.kind
  // Whoever chose this kind knows of it.
  if (from === after.body.kind) return
  const isOtherKind = from !== 'none'
  const seldomHasBody = after.method === 'GET' || after.method === 'HEAD'
  if (!isOtherKind && !seldomHasBody) return
  const kept = 'text' in before.body && before.body.text !== '' ? t`; the ${BODY_LABELS[from]} text is kept` : ''
  const changed = t`Body changed from ${BODY_LABELS[from]} to ${BODY_LABELS[after.body.kind]}${kept}.`
  useAppStore.getState().addNotice({
    id: `body-kind:${id}`,
    tone: 'info',
    text: isOtherKind ? changed : t`${after.method} requests seldom have a body.`,
    ...(isOtherKind && seldomHasBody && { hint: t`${after.method} requests seldom have a body.` }),
    ...(isOtherKind && { action: { label: t`Undo`, run: () => takeBack(id, after, from) } }),
    ...(seldomHasBody && {
      otherAction: { label: t`Use POST`, run: () => editDocument(id, 'method', (old) => ({ ...old, method: 'POST' })) },
    }),
  })
}

/** Undo the drop; once something else was edited, only the kind of body goes back. */
function takeBack(id: DraftId, after: RequestDocument, kind: BodyKind): void {
  if (useDraftsStore.getState().tabs[id]?.draft.document === after) undo(id)
  else chooseBodyKind(id, kind)
}

/** The name a row must say it sends a file under; empty where that is the name the file lies under. */
export function sentAs(file: KnownFile): string {
  return baseName(file.path) === file.name ? '' : file.name
}

/** Those of the sources that the body takes, decided before anything is copied. What is left out is said. */
function fitting(id: DraftId, sources: readonly Source[]): readonly Source[] {
  const tab = useDraftsStore.getState().tabs[id]
  const [first] = sources
  if (!first || !tab || tab.broken !== null) return []
  if (tab.draft.document.body.kind !== 'file') return sources
  const tell = (text: string, hint: string): void => useAppStore.getState().addNotice({ id: 'one-file', tone: 'info', text, hint })
  if (isFolder(first)) {
    tell(t`A File body holds one file, and ${nameOfSource(first)} is a folder.`, t`Choose Multipart to send the files in it.`)
    return []
  }
  if (sources.length > 1) tell(t`A File body holds one file: ${nameOfSource(first)} is used.`, t`Choose Multipart to send several.`)
  return [first]
}

/**
 * Let the user pick files.
 *
 * @returns what was picked, ready to be read by core; none where the user thought better of it
 */
export async function pickFiles(options: { readonly title: string; readonly multiple: boolean }): Promise<readonly KnownFile[]> {
  const picked = capabilities().dialogs ? await pickPaths(options) : await copyAll(await pickInPage(options.multiple))
  if (picked.ok) return picked.value
  if (picked.error.kind !== 'Cancelled') useAppStore.getState().addNotice(noticeOf(picked.error))
  return []
}

/** The draft with the files in its body. */
export function withFiles(draft: Draft, files: readonly KnownFile[], root: string): Draft {
  const { body } = draft.document
  const first = files[0]
  if (!first) return draft
  if (body.kind === 'file') {
    const next = { ...body, path: belowRoot(first.path, root), contentType: first.contentType }
    return { ...draft, document: { ...draft.document, body: next } }
  }
  const multipart = withBodyKind(draft, 'multipart')
  const { body: old } = multipart.document
  if (old.kind !== 'multipart') return draft
  const parts = [...old.parts.filter((part) => !isBlank(part)), ...files.map((file) => partOf(file, root))]
  return { ...multipart, document: { ...multipart.document, body: { ...old, parts } } }
}

function partOf(file: KnownFile, root: string): FilePart {
  return {
    kind: 'file',
    name: fieldNameOf(file.name),
    enabled: true,
    contentType: file.contentType,
    headers: [],
    files: [belowRoot(file.path, root)],
    filename: sentAs(file),
  }
}

function isBlank(part: {
  readonly name: string
  readonly kind: string
  readonly value?: string
  readonly files?: readonly string[]
}): boolean {
  return part.name === '' && !part.value && !part.files?.length
}

/** Root of the collection the request is in; empty where it is in none. */
function rootOf(nodeId: NodeId | null): string {
  const { collections } = useCollectionsStore.getState()
  return collections.find((collection) => collection.nodes.some((node) => node.id === nodeId))?.path ?? ''
}

async function pickPaths(options: {
  readonly title: string
  readonly multiple: boolean
}): Promise<Result<readonly KnownFile[], WireError>> {
  const answer = await platform().callHost('dialog.openFiles', options)
  return answer.ok ? ok(answer.value.paths.map(knownPath)) : answer
}

function knownPath(path: string): KnownFile {
  return { path, name: baseName(path), contentType: '' }
}

function pickInPage(multiple: boolean): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = multiple
    input.hidden = true
    const finish = (files: readonly File[]): void => {
      input.remove()
      resolve(files)
    }
    input.addEventListener('change', () => finish([...(input.files ?? [])]))
    input.addEventListener('cancel', () => finish([]))
    document.body.append(input)
    input.click()
  })
}

interface Known {
  readonly files: readonly KnownFile[]
  /** What was left out because of its name. */
  readonly hidden: readonly Source[]
}

/** Every source as something core can read: folders opened, bytes copied. */
async function knownFiles(dropped: readonly Source[], withHidden: boolean): Promise<Result<Known, WireError>> {
  const { sources, hidden } = await openFolders(dropped, withHidden)
  const paths = sources.flatMap((source) => (source.kind === 'path' ? [source.path] : []))
  const files = sources.flatMap((source) => (source.kind === 'file' ? [source.file] : []))
  const expanded =
    paths.length === 0 ? ok({ files: [], hidden: [], truncated: false }) : await platform().call('files.expand', { paths, withHidden })
  if (!expanded.ok) return expanded
  const copied = files.length === 0 ? ok([]) : await copyAll(files)
  if (!copied.ok) return copied
  if (expanded.value.truncated || sources.length >= MAX_FILES) {
    useAppStore.getState().addNotice({ id: 'many-files', tone: 'info', text: t`Only the first ${MAX_FILES} files were added.` })
  }
  const alsoHidden = expanded.value.hidden.map((path): Source => ({ kind: 'path', path, isFolder: false }))
  return ok({ files: [...expanded.value.files.map(knownPath), ...copied.value], hidden: [...hidden, ...alsoHidden] })
}

async function copyAll(files: readonly File[]): Promise<Result<readonly KnownFile[], WireError>> {
  const abort = new AbortController()
  const total = files.reduce((sum, file) => sum + file.size, 0)
  const started = performance.now()
  const known: KnownFile[] = []
  const noticeId = `copy:${started}`
  const showProgress = (name: string, bytes: number): void => {
    if (performance.now() - started < PROGRESS_AFTER_MS) return
    useAppStore.getState().addNotice({
      id: noticeId,
      tone: 'info',
      text: t`Copying ${name}: ${formatBytes(bytes)} of ${formatBytes(total)}`,
      progress: total === 0 ? 1 : bytes / total,
      action: { label: t`Cancel`, run: () => abort.abort() },
    })
  }
  let done = 0
  for (const file of files) {
    const before = done
    const answer = await platform().upload(file, { signal: abort.signal, onProgress: (bytes) => showProgress(file.name, before + bytes) })
    if (!answer.ok || abort.signal.aborted) {
      useAppStore.getState().dropNotice(noticeId)
      return answer.ok ? failed({ kind: 'Cancelled', stage: 'call', message: t`Copying was cancelled.` }) : answer
    }
    known.push({ path: answer.value.path, name: file.name, contentType: hasExtension(file.name) ? '' : file.type })
    done += file.size
  }
  useAppStore.getState().dropNotice(noticeId)
  return ok(known)
}
