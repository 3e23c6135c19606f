import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Exchange, ReceivedResponse } from '../../../../src-main/contract/model/exchange.ts'
import type { DraftId } from '../../../../src-main/contract/model/ids.ts'
import type { Pages } from '../../../../src-main/contract/model/pages.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { collectPages, goToPage, openLinked, pagesProgressed, stopPages } from '../../../../src-renderer/actions/answer-pages.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { closeHistory } from '../../../../src-renderer/actions/history.ts'
import { dropTab } from '../../../../src-renderer/actions/tabs.ts'
import { refusedExchange } from '../../../../src-renderer/lib/refused-exchange.ts'
import { HISTORY_TAB } from '../../../../src-renderer/lib/history-tab.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { usePagesStore, type TabPages } from '../../../../src-renderer/stores/answer-pages-store.ts'
import { activeTab, useDraftsStore } from '../../../../src-renderer/stores/drafts-store.ts'
import { usePageStore } from '../../../../src-renderer/stores/page-store.ts'
import { usePreviewsStore } from '../../../../src-renderer/stores/previews-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import { errorOf, exchangeId, freshWindow, openedTab, previewOf, requestNamed, tabNow } from '../../../support/renderer-kit.ts'

let platform: FakePlatform
let id: DraftId
let count = 0

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  usePagesStore.setState(usePagesStore.getInitialState(), true)
  platform
    .answer('exchange.send', { exchangeId: exchangeId('x1') })
    .answer('exchange.cancel', {})
    .answer('pages.stop', {})
  count += 1
  const document = requestNamed('List', {
    url: '{{base}}/items?page=1',
    headers: [{ name: 'Authorization', value: 'x', enabled: true }],
  })
  id = openedTab(`pages${count}`, { document }).draft.id
  usePreviewsStore.getState().set(id, { ...previewOf(), url: 'https://h.test/items?page=1' })
})

const urlNow = (): string => tabNow(id).draft.document.url
const noticeNow = (): string | undefined => useAppStore.getState().notices.at(-1)?.text

describe('going to a page', () => {
  test('is an edit of the tab that is sent, with what was typed kept', async () => {
    await goToPage(id, 'https://h.test/items?page=2')

    expect(urlNow()).toBe('{{base}}/items?page=2')
    expect(tabNow(id).undo.past).toHaveLength(1)
    expect(platform.inputs('exchange.send').map(({ document }) => document.url)).toEqual(['{{base}}/items?page=2'])
  })

  test('is left to the user where it is at another server', async () => {
    await goToPage(id, 'https://other.test/items?page=2')

    expect(urlNow()).toBe('https://other.test/items?page=2')
    expect(platform.inputs('exchange.send')).toEqual([])
    expect(noticeNow()).toContain('other.test, another server')
  })

  test('is left to the user where sending may change something', async () => {
    editDocument(id, 'method', (document) => ({ ...document, method: 'POST' }))

    await goToPage(id, 'https://h.test/items?page=2')

    expect(platform.inputs('exchange.send')).toEqual([])
    expect(noticeNow()).toContain('POST may change something')
  })
})

describe('a linked address', () => {
  test('is opened as a new request, with credentials within one server only', () => {
    openLinked(id, 'https://h.test/items/1')
    const own = activeTab(useDraftsStore.getState())?.draft.document
    openLinked(id, 'https://other.test/')
    const strange = activeTab(useDraftsStore.getState())?.draft.document

    expect(own).toMatchObject({ url: 'https://h.test/items/1', headers: [{ name: 'Authorization' }] })
    expect(strange).toMatchObject({ url: 'https://other.test/', headers: [], auth: { kind: 'none' } })
    expect(urlNow()).toBe('{{base}}/items?page=1')
  })
})

describe('all pages', () => {
  const response: ReceivedResponse = {
    url: 'https://h.test/items?page=1',
    status: 200,
    reason: 'OK',
    httpVersion: '1.1',
    headers: [['Link', '<?page=2>; rel=next']],
    informational: [],
    trailers: [],
    cookies: [],
    encoding: 'utf-8',
    encodingFrom: 'header',
    bodyBytes: 3,
    wireBytes: 3,
    bodyId: null,
  }
  const first: Exchange = { ...refusedExchange(errorOf('Bug')), id: exchangeId('first'), ok: true, error: null, response }
  const page = { url: 'https://h.test/items?page=2', status: 200, bodyBytes: 3, exchangeId: exchangeId('second'), totalMs: 4 }
  const result: Pages = { pages: [page], end: { kind: 'last', message: 'That was all.' }, merged: null }
  const pagesNow = (): TabPages | undefined => usePagesStore.getState().byTab[id]

  test('are told of as they come, and then as a whole', async () => {
    const done = deferred<void>()
    platform.answer('pages.collect', async () => {
      await done.promise
      return ok(result)
    })

    const collected = collectPages(id, first, 10)
    const [asked] = platform.inputs('pages.collect')
    pagesProgressed({ pagesId: asked?.pagesId ?? '', page, number: 2 })
    pagesProgressed({ pagesId: 'of-another-window', page, number: 3 })

    expect(asked).toMatchObject({ limit: 10, first: { url: response.url }, draftId: id })
    expect(pagesNow()?.pages.map(({ url }) => url)).toEqual(['https://h.test/items?page=1', 'https://h.test/items?page=2'])
    expect(pagesNow()?.result).toBeNull()
    done.resolve()
    await collected
    expect(pagesNow()).toMatchObject({ exchangeId: 'first', result })
  })

  test('are stopped by the user, and where the tab is closed', async () => {
    platform.answer('pages.collect', () => new Promise(() => undefined))
    void collectPages(id, first, 10)
    const pagesId = pagesNow()?.pagesId ?? ''

    await stopPages(pagesId)
    expect(pagesNow()?.isStopping).toBe(true)
    dropTab(id)

    expect(platform.inputs('pages.stop')).toEqual([{ pagesId }, { pagesId }])
    expect(pagesNow()).toBeUndefined()
  })

  test('of an entry of the history are asked for as its request was, with what was chosen around it', async () => {
    const entry = {
      id: exchangeId('first'),
      startedAt: '2026-01-01T00:00:00.000Z',
      totalMs: 1,
      method: 'GET',
      url: response.url,
      host: 'h.test',
      status: 200,
      error: null,
      requestBytes: 0,
      responseBytes: 3,
      pinned: false,
      nodeId: null,
      session: 'Admin',
      environment: 'dev',
    }
    const document = requestNamed('List', { url: '{{base}}/items?page=1' })
    usePageStore.getState().show({ kind: 'historyEntry', read: { entry, document, exchange: first, secrets: [] } })
    platform.answer('pages.collect', result)

    await collectPages(HISTORY_TAB, first, 10)

    const [asked] = platform.inputs('pages.collect')
    expect(asked).toMatchObject({ document: { url: '{{base}}/items?page=1' }, context: { environment: 'dev', session: 'Admin' } })
    expect(usePagesStore.getState().byTab[HISTORY_TAB]).toMatchObject({ exchangeId: 'first', result })
    closeHistory()
    expect(usePagesStore.getState().byTab[HISTORY_TAB]).toBeUndefined()
  })

  test('that fail say why', async () => {
    platform.refuse('pages.collect', errorOf('NotFound'))
    await collectPages(id, first, 10)
    expect(pagesNow()).toMatchObject({ result: null, error: { kind: 'NotFound' } })
  })
})
