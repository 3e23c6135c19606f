/**
 * Cookie jars: opening one before the user, and what is done to it there. Core keeps them; each change says how it is
 * taken back. The jar is read again whenever core tells that it changed, whoever did that.
 */
import type { Output } from '#contract/commands.ts'
import type { EventPayload } from '#contract/events.ts'
import type { CookieFields, CookieId, CookieProblem, JarKey, KeptCookie } from '#contract/model/cookie.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { DEFAULT_JAR, DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import type { WireError } from '#contract/errors.ts'
import { handOver } from '../lib/hand-over.ts'
import { cookieIdOf, cookiesWords, isSameJar } from '../lib/jar-label.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useCookiesStore } from '../stores/cookies-store.ts'
import { activeTab, useDraftsStore } from '../stores/drafts-store.ts'
import { usePreviewsStore } from '../stores/previews-store.ts'
import { contextOf } from './context.ts'
import { platform } from './platform-ref.ts'
import { surroundingsMoved } from './preview.ts'
import { told } from '../lib/told.ts'
import { listed } from '../lib/listed.ts'
import { t } from '../lib/t.ts'
import { formatNumber } from '../lib/format-number.ts'

/** Show a jar; where none is named, that of the request in front. @param domain shows the cookies of domains that have it in their name */
export function openCookies(jar: JarKey = jarInFront(), domain = ''): void {
  useCookiesStore.getState().change({ jar, domain, cookies: null, done: null })
  void readJar()
}

/** Close the dialog. What can still be taken back is offered in a notice. */
export function closeCookies(): void {
  const { done, change } = useCookiesStore.getState()
  change({ jar: null, cookies: null, done: null })
  if (!done?.undo) return
  const { text, undo } = done
  useAppStore.getState().addNotice({ id: 'cookies:done', tone: 'info', text, action: { label: t`Undo`, run: undo } })
}

/** Put a cookie into the open jar, or change the one that `replaces` names. @returns what is wrong with it; empty: saved */
export async function saveCookie(cookie: CookieFields, replaces: CookieId | null): Promise<readonly CookieProblem[] | null> {
  const jar = useCookiesStore.getState().jar
  if (!jar) return null
  const answer = await platform().call('cookies.set', { jar, cookie, replaces })
  if (!answer.ok) return refused(answer.error)
  if (answer.value.kind === 'refused') return answer.value.problems
  const { cookie: saved, replaced } = answer.value
  done(
    replaced ? t`Changed “${replaced.name}”` : t`Added “${saved.name}”`,
    () => void takeBack(jar, [cookieIdOf(saved)], replaced ? [replaced] : []),
  )
  await readJar()
  return []
}

/** Remove cookies of the open jar. */
export async function deleteCookies(cookies: readonly KeptCookie[]): Promise<void> {
  const jar = useCookiesStore.getState().jar
  if (!jar) return
  const answer = await platform().call('cookies.remove', { jar, cookies: cookies.map(cookieIdOf) })
  if (answer.ok) await removed(jar, answer.value.removed)
  else refused(answer.error)
}

/** The cookies of the open jar that could go to a host; null where the text names none. */
export async function cookiesForHost(host: string): Promise<readonly KeptCookie[] | null> {
  const jar = useCookiesStore.getState().jar
  if (!jar) return null
  const answer = await platform().call('cookies.list', { jar, host })
  return answer.ok ? answer.value.cookies : null
}

/** Remove the cookies that could go to a host; null: all of the open jar. */
export async function clearCookies(host: string | null): Promise<void> {
  const jar = useCookiesStore.getState().jar
  if (!jar) return
  const answer = await platform().call('cookies.clear', { jar, host })
  if (answer.ok) await removed(jar, answer.value.removed)
  else refused(answer.error)
}

/** Add the cookies of a text to the open jar. @returns null where that failed, which is then said */
export async function importCookies(text: string): Promise<Output<'cookies.import'> | null> {
  const jar = useCookiesStore.getState().jar
  if (!jar) return null
  const answer = await platform().call('cookies.import', { jar, text })
  if (!answer.ok) return refused(answer.error)
  const { imported, replaced } = answer.value
  if (imported.length > 0) done(t`Imported ${cookiesWords(imported)}`, () => void takeBack(jar, imported, replaced))
  await readJar()
  return answer.value
}

/** Hand the open jar over as a file. */
export async function exportCookies(format: 'netscape' | 'json'): Promise<void> {
  const jar = useCookiesStore.getState().jar
  if (!jar) return
  const answer = await platform().call('cookies.export', { jar, format })
  if (!answer.ok) {
    refused(answer.error)
    return
  }
  const { text, count, leftOut } = answer.value
  const name = format === 'json' ? 'cookies.json' : 'cookies.txt'
  handOver(name, text)
  const missing = leftOut.length === 0 ? '' : t`, without ${listed(leftOut)}: a tab has no place in the format`
  done(t`Exported ${formatNumber(count)} ${count === 1 ? t`cookie` : t`cookies`} as ${name}${missing}`, null)
}

/** Take back what was just done. */
export function undoCookies(): void {
  const { done: last, change } = useCookiesStore.getState()
  change({ done: null })
  last?.undo?.()
}

/** Ask which cookies of its jar go to the URL of a tab, as its last preview has it. */
export async function readCookiesForUrl(id: DraftId): Promise<void> {
  const preview = usePreviewsStore.getState().byTab[id]
  const behaviour = useDraftsStore.getState().tabs[id]?.draft.document.options.behaviour
  if (!preview) return
  const { jar, url } = preview
  const answer = await platform().call('cookies.forUrl', { jar, url, ...(behaviour !== undefined && { behaviour }) })
  if (usePreviewsStore.getState().byTab[id] !== preview) return
  useCookiesStore.getState().setForTab(id, answer.ok ? answer.value.cookies : [])
}

/** Core tells that a jar is another. */
export function cookiesChanged({ jar }: EventPayload<'cookies.changed'>): void {
  useCookiesStore.getState().jarChanged()
  // The previews of its requests have the cookies in them.
  surroundingsMoved((id) => isSameJar(usePreviewsStore.getState().byTab[id]?.jar ?? DEFAULT_JAR, jar))
  if (useCookiesStore.getState().jar) void readJar()
}

async function readJar(): Promise<void> {
  const { jar, change } = useCookiesStore.getState()
  if (!jar) return
  const [jars, list] = await Promise.all([platform().call('cookies.jars', {}), platform().call('cookies.list', { jar })])
  if (useCookiesStore.getState().jar !== jar) return
  if (jars.ok) change({ jars: jars.value.jars })
  if (list.ok) change({ cookies: list.value.cookies })
  else refused(list.error)
}

/** The jar of the request in front; where none is, that of what a new one would go with. */
function jarInFront(): JarKey {
  const tab = activeTab(useDraftsStore.getState())
  const known = tab && usePreviewsStore.getState().byTab[tab.draft.id]?.jar
  if (known) return known
  const { collectionId, session } = contextOf(tab?.draft ?? { nodeId: null })
  return { collectionId, session: tab?.draft.document.options.session ?? session ?? DEFAULT_SESSION }
}

async function removed(jar: JarKey, cookies: readonly KeptCookie[]): Promise<void> {
  done(
    cookies.length === 0 ? t`There was nothing to delete` : t`Deleted ${cookiesWords(cookies)}`,
    cookies.length === 0 ? null : () => void takeBack(jar, [], cookies),
  )
  await readJar()
}

/** Removes what was added and puts back what was there. */
async function takeBack(jar: JarKey, added: readonly CookieId[], before: readonly KeptCookie[]): Promise<void> {
  const gone = added.length === 0 ? null : await platform().call('cookies.remove', { jar, cookies: [...added] })
  const back = before.length === 0 || gone?.ok === false ? null : await platform().call('cookies.restore', { jar, cookies: [...before] })
  for (const answer of [gone, back]) if (answer?.ok === false) refused(answer.error)
  await readJar()
}

function done(text: string, undo: (() => void) | null): void {
  useCookiesStore.getState().change({ done: { text, undo } })
}

function refused(error: WireError): null {
  // Notices stand behind the dialog, so it is said in there too.
  if (useCookiesStore.getState().jar) done(told(error.message), null)
  else useAppStore.getState().addNotice(noticeOf(error))
  return null
}
