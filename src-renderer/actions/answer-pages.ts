/**
 * The other pages of an answer. One page is the tab's own request at that page's address, an edit like any other, sent
 * where that is safe; all of them are gone through by core, which makes one body of them.
 */
import type { Context } from '#contract/commands.ts'
import type { EventPayload } from '#contract/events.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import type { DraftId, NodeId } from '#contract/model/ids.ts'
import { atPage, mayPage } from '#contract/model/next-page.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { HISTORY_TAB } from '../lib/history-tab.ts'
import { newDraftId } from '../lib/new-draft-id.ts'
import { useAppStore } from '../stores/app-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { usePagesStore, type TabPages } from '../stores/answer-pages-store.ts'
import { usePreviewsStore } from '../stores/previews-store.ts'
import { contextOf } from './context.ts'
import { editDocument } from './edit.ts'
import { forgetPages } from './forget-pages.ts'
import { platform } from './platform-ref.ts'
import { seedOf } from './preview.ts'
import { send } from './send.ts'
import { openDocument } from './tabs.ts'
import { t } from '../lib/t.ts'

/** What a request is and where it goes, whether it stands in a tab or in the history. */
interface Origin {
  readonly document: RequestDocument
  /** What its address comes to; empty where that is not known. */
  readonly url: string
}

/**
 * Put another page's address into the tab's request, and send it. It is left to the user to send where that might change
 * something, or would take the request's credentials to another server.
 */
export async function goToPage(draftId: DraftId, url: string): Promise<void> {
  const origin = originOf(draftId)
  if (!origin) return
  const isInTab = draftId !== HISTORY_TAB
  if (isInTab) editDocument(draftId, 'url.page', (document) => atPage(document, url, origin.url))
  const target = isInTab ? draftId : openDocument(atPage(origin.document, url, null))
  const why = whyNotSent(origin, url)
  if (why === null) await send(target)
  else useAppStore.getState().addNotice({ id: 'page:unsent', tone: 'info', text: why })
}

/** Open a linked address as a new request, to be looked at before it is sent; credentials go along within one server only. */
export function openLinked(draftId: DraftId, url: string): void {
  const origin = originOf(draftId)
  if (!origin) return
  const isOwn = isSameOrigin(origin.url, url)
  openDocument(atPage(isOwn ? origin.document : bare(origin.document), url, null))
}

/** Go through the pages after the answer of a tab, or of an entry of the history, with what was chosen around it then. @param limit how many in all, that one among them */
export async function collectPages(draftId: DraftId, { id, response }: Exchange, limit: number): Promise<void> {
  const asking = askingFrom(draftId)
  if (!asking || response === null) return
  forgetPages(draftId)
  const pagesId = newDraftId()
  const { set } = usePagesStore.getState()
  const first = { url: response.url, status: response.status, bodyBytes: response.bodyBytes, exchangeId: id, totalMs: null }
  set(draftId, { exchangeId: id, pagesId, limit, pages: [first], result: null, error: null, isStopping: false })
  const asked = { ...asking, seed: seedOf(draftId), draftId, pagesId, first: response, limit }
  const collected = await platform().call('pages.collect', asked)
  change(pagesId, (pages) => (collected.ok ? { ...pages, result: collected.value } : { ...pages, error: collected.error }))
}

/** The same from the page at this address on, which is gone to first. */
export async function collectFrom(draftId: DraftId, url: string, limit: number): Promise<void> {
  const before = exchangeOf(draftId)(useExchangesStore.getState()).last?.id
  await goToPage(draftId, url)
  const last = await answered(draftId)
  // It was left to the user, or broke off: that is told already.
  if (last && last.id !== before && last.ok) await collectPages(draftId, last, limit)
}

/** The tab's last exchange, once none is under way. */
function answered(draftId: DraftId): Promise<Exchange | null> {
  return new Promise((resolve) => {
    const look = (state = useExchangesStore.getState()): void => {
      const { sending, last } = exchangeOf(draftId)(state)
      if (sending !== null) return
      stop()
      resolve(last)
    }
    const stop = useExchangesStore.subscribe(look)
    look()
  })
}

/** No further pages: what has come is put together. */
export async function stopPages(pagesId: string): Promise<void> {
  change(pagesId, (pages) => ({ ...pages, isStopping: true }))
  await platform().call('pages.stop', { pagesId })
}

/** Core tells of a page: of this window, or of another one, which it is then for. */
export function pagesProgressed({ pagesId, page }: EventPayload<'pages.progressed'>): void {
  change(pagesId, (pages) => ({ ...pages, pages: [...pages.pages, page] }))
}

function change(pagesId: string, next: (pages: TabPages) => TabPages): void {
  const { byTab, set } = usePagesStore.getState()
  for (const [draftId, pages] of Object.entries(byTab)) {
    // The keys of a record come back as plain texts.
    if (pages.pagesId === pagesId) set(draftId as DraftId, next(pages))
  }
}

/** The request that the pages are asked for by, and what is around it. */
function askingFrom(draftId: DraftId): { document: RequestDocument; nodeId: NodeId | null; context: Context } | null {
  const tab = useDraftsStore.getState().tabs[draftId]
  if (tab) return { document: tab.draft.document, nodeId: tab.draft.nodeId, context: contextOf(tab.draft) }
  const { page } = usePageStore.getState()
  if (page?.kind !== 'historyEntry') return null
  const { nodeId, environment, session } = page.read.entry
  return { document: page.read.document, nodeId, context: { ...contextOf({ nodeId }), environment, session } }
}

function originOf(draftId: DraftId): Origin | null {
  const tab = useDraftsStore.getState().tabs[draftId]
  if (tab) return { document: tab.draft.document, url: usePreviewsStore.getState().byTab[draftId]?.url ?? '' }
  const { page } = usePageStore.getState()
  return page?.kind === 'historyEntry' ? { document: page.read.document, url: page.read.entry.url } : null
}

function whyNotSent({ document, url }: Origin, next: string): string | null {
  if (!mayPage(document.method))
    return t`The address of the page is in. Send it yourself: ${document.method} may change something at the server.`
  if (isSameOrigin(url, next)) return null
  return t`The page is at ${URL.canParse(next) ? new URL(next).host : next}, another server. Look at what would be sent there, then send it.`
}

function isSameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin
}

/** Without anything that is meant for its own server. */
function bare(document: RequestDocument): RequestDocument {
  return { ...document, method: 'GET', headers: [], cookies: [], params: [], auth: { kind: 'none' }, body: { kind: 'none' } }
}
