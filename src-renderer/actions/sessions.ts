/**
 * What is done with a collection's sessions beside editing one: making, copying, renaming, deleting and bringing back, and
 * ending their connections. Each is done to the file at once; what is typed in a page is saved from there (`layer-drafts.ts`).
 */
import type { Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import type { Session } from '#contract/model/session.ts'
import { EMPTY_SESSION, sessionNameProblem } from '../lib/session-problems.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useChoicesStore } from '../stores/choices-store.ts'
import { isEdited } from '../stores/layer-drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { ask } from './ask.ts'
import { chooseSession, readSurroundings } from './choices.ts'
import { editLayer, forgetLayer, layerAt, openLayer, saveLayer, takeBackLayer } from './layer-drafts.ts'
import { editSession } from './layer-pages.ts'
import { tellOfLeftCookies } from './left-cookies.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'

/** Show the side bar's list of sessions. */
export function showSessions(): void {
  useLayoutStore.getState().change({ sidebarVisible: true })
  usePageStore.getState().showSide('sessions')
}

/** Show the list of sessions, and the page of one. */
export function showSession(collectionId: CollectionId, name: string): void {
  showSessions()
  void editSession(collectionId, name)
}

/** Ask for a name, make a session, use it and show its page. */
export async function newSession(collectionId: CollectionId): Promise<void> {
  const listed = await list(collectionId)
  if (!listed) return
  const name = await askName(t`New session`, freeName('alice', listed.sessions), t`Create`, listed.sessions)
  if (name === null) return
  const written = await write(collectionId, [...listed.sessions, { ...EMPTY_SESSION, name }], listed.revision)
  if (!written) return
  tellOfLeftCookies(collectionId, name, written.removal)
  chooseSession(collectionId, name)
  await editSession(collectionId, name)
}

/** Act as another user: a copy with a jar of its own, which is empty. */
export async function duplicateSession(collectionId: CollectionId, original: string): Promise<void> {
  const listed = await list(collectionId)
  if (!listed) return
  // The default session need not be in the file.
  const found = listed.sessions.find((one) => one.name === original) ?? EMPTY_SESSION
  const name = await askName(
    t`Act as another user`,
    freeName(original === DEFAULT_SESSION ? t`alice` : t`${original} copy`, listed.sessions),
    t`Duplicate`,
    listed.sessions,
    t`A copy of ${original}, with cookies and connections of its own.`,
  )
  if (name === null) return
  const written = await write(collectionId, [...listed.sessions, { ...found, name }], listed.revision)
  if (!written) return
  tellOfLeftCookies(collectionId, name, written.removal)
  await editSession(collectionId, name, { name: '', section: 'auth' })
}

/** Ask for another name. Edits that are not saved stay so: the name then joins them. */
export async function renameSession(collectionId: CollectionId, name: string): Promise<void> {
  const listed = await list(collectionId)
  if (!listed) return
  const others = listed.sessions.filter((one) => one.name !== name)
  const next = await askName(t`Rename session`, name, t`Rename`, others)
  if (next === null || next === name) return
  const place = { kind: 'session', collectionId, name } as const
  const before = layerAt(place)
  const wasEdited = before !== undefined && isEdited(before.draft)
  const { page, show } = usePageStore.getState()
  const id = await openLayer(place)
  if (id === null) return
  editLayer(id, 'session', 'name', (value) => ({ ...value, name: next }), 'alone')
  // Why it could not be saved stands in its page, and so do edits that were there before.
  if (!wasEdited && (await saveLayer(id))) show(page)
}

/** Delete a session; a notice offers to take it back, with what was typed in it and not saved. Its cookies are put aside. */
export async function removeSession(collectionId: CollectionId, name: string): Promise<void> {
  const listed = await list(collectionId)
  const at = listed?.sessions.findIndex((one) => one.name === name) ?? -1
  const removed = listed?.sessions[at]
  if (!listed || !removed) return
  const entry = layerAt({ kind: 'session', collectionId, name })
  const written = await write(collectionId, listed.sessions.toSpliced(at, 1), listed.revision)
  if (!written) return
  const { removal } = written
  if (entry) forgetLayer(entry.draft.id)
  const wasChosen = useChoicesStore.getState().byCollection[collectionId]?.session === name
  if (wasChosen) chooseSession(collectionId, null)
  const takeBack = async (): Promise<void> => {
    const now = await list(collectionId)
    if (!now || !(await write(collectionId, now.sessions.toSpliced(at, 0, removed), now.revision, removal ?? undefined))) return
    if (entry) takeBackLayer(entry)
    if (wasChosen) chooseSession(collectionId, name)
  }
  useAppStore.getState().addNotice({
    id: `session:${collectionId}:${name}`,
    tone: 'info',
    text: t`Deleted the session “${name}”`,
    action: { label: t`Undo`, run: () => void takeBack() },
  })
}

/** End the connections that a session keeps open, as leaving `with Session()` does, and tell how many there were. */
export async function closeConnections(collectionId: CollectionId, session: string): Promise<void> {
  const answer = await platform().call('session.close', { collectionId, session })
  if (!answer.ok) return tell(answer.error)
  const { closed } = answer.value
  const which = session === DEFAULT_SESSION ? t`The default session` : t`The session “${session}”`
  useAppStore.getState().addNotice({
    id: `connections:${collectionId}:${session}`,
    tone: 'info',
    text:
      closed === 0
        ? t`${which} had no open connections.`
        : t`${which}: closed ${closed === 1 ? t`1 connection` : t`${closed} connections`}.`,
  })
}

async function list(
  collectionId: CollectionId,
): Promise<{ readonly sessions: readonly Session[]; readonly revision: string | null } | null> {
  const listed = await platform().call('session.list', { collectionId })
  if (listed.ok) return listed.value
  tell(listed.error)
  return null
}

/** @param restore the removal whose cookies come back */
async function write(
  collectionId: CollectionId,
  sessions: readonly Session[],
  revision: string | null,
  restore?: string,
): Promise<Output<'session.save'> | null> {
  const input = { collectionId, sessions: [...sessions], revision, renamed: [], ...(restore !== undefined && { restore }) }
  // What is written stood in the file before, or is empty: no secret can come into it.
  const saved = await platform().call('session.save', { ...input, allowSecrets: true })
  if (saved.ok) {
    await readSurroundings(collectionId)
    return saved.value
  }
  tell(saved.error)
  return null
}

async function askName(title: string, value: string, button: string, others: readonly Session[], hint?: string): Promise<string | null> {
  const name = await ask('text', { title, label: t`Name`, value, button, ...(hint !== undefined && { hint }) })
  if (name === null) return null
  const fault = sessionNameProblem(name, others)
  if (fault === null) return name.trim()
  tell({ kind: 'InvalidName', stage: 'store', message: fault })
  return null
}

function freeName(name: string, sessions: readonly Session[]): string {
  const taken = new Set(sessions.map((one) => one.name))
  let free = name
  for (let number = 2; taken.has(free); number += 1) free = `${name} ${number}`
  return free
}

function tell(error: WireError): void {
  useAppStore.getState().addNotice(noticeOf(error))
}
