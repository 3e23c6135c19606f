import { beforeEach, describe, expect, test } from 'vitest'
import type { Exchange, ExchangeStep } from '../../../../src-main/contract/model/exchange.ts'
import { BodyIdSchema, type DraftId } from '../../../../src-main/contract/model/ids.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { resumeSend, sendAndDownload, toggleDownload } from '../../../../src-renderer/actions/download.ts'
import { exchangeProgressed, send } from '../../../../src-renderer/actions/send.ts'
import { refusedExchange } from '../../../../src-renderer/lib/refused-exchange.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { exchangeOf, useExchangesStore } from '../../../../src-renderer/stores/exchanges-store.ts'
import { useDownloadsStore } from '../../../../src-renderer/stores/downloads-store.ts'
import { response, sentRequest } from '../../../support/exchanges.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import { errorOf, exchangeId, freshWindow, openedTab } from '../../../support/renderer-kit.ts'

const BODY = BodyIdSchema.parse('b'.repeat(64))
const HEADERS: [string, string][] = [
  ['ETag', '"v1"'],
  ['Content-Disposition', 'attachment; filename="../report.csv"'],
]

let platform: FakePlatform
let id: DraftId

beforeEach(() => {
  platform = freshWindow()
  platform.answer('exchange.send', { exchangeId: exchangeId('x1') }).answer('body.save', { bytes: 10 })
  platform.answerHost('dialog.saveFile', () => ok({ path: '/home/me/report.csv' }))
  const info = { version: '', engines: {}, dataDir: '', problem: null }
  useAppStore.setState({ info: { ...info, capabilities: { realPaths: true, dialogs: true, reveal: true, nativeMenu: true } } })
  useDownloadsStore.setState(useDownloadsStore.getInitialState(), true)
  id = openedTab('download').draft.id
})

const step = (what: ExchangeStep): void => exchangeProgressed({ exchangeId: exchangeId('x1'), draftId: id, at: 0, step: what })
const head = (status = 200): ExchangeStep => ({
  kind: 'responseHead',
  status,
  reason: '',
  url: 'http://x/',
  bodyBytes: null,
  httpVersion: '1.1',
  headers: HEADERS,
  arrivingId: BODY,
  limits: { read: null, total: null },
})
const ended = (change: Partial<Exchange> = {}): ExchangeStep => ({
  kind: 'done',
  exchange: {
    ...refusedExchange(errorOf('Bug')),
    ok: true,
    error: null,
    request: sentRequest('GET'),
    response: { ...response(), headers: HEADERS, bodyId: BODY, bodyBytes: 10 },
    ...change,
  },
})
const asked = (): readonly unknown[] => platform.calls.filter(({ name }) => name === 'dialog.saveFile').map(({ input }) => input)

/** Sends to be saved, up to where core has answered with the id. */
async function begun(): Promise<void> {
  sendAndDownload(id)
  await expect.poll(() => platform.inputs('exchange.send').length).toBe(1)
  await Promise.resolve()
}

describe('send and download', () => {
  test('asks for the place with the name that the head says, and saves there once the body is whole', async () => {
    await begun()
    step(head())
    await expect.poll(asked).toEqual([{ title: 'Download', defaultName: 'report.csv' }])
    expect(platform.inputs('body.save')).toEqual([])

    step(ended())

    await expect.poll(() => platform.inputs('body.save')).toEqual([{ id: BODY, path: '/home/me/report.csv' }])
    expect(useDownloadsStore.getState().byTab[id]).toBeUndefined()
  })

  test('an answer that is whole before its place is chosen is saved then', async () => {
    const choosing = deferred<void>()
    platform.answerHost('dialog.saveFile', async () => {
      await choosing.promise
      return ok({ path: '/late' })
    })
    await begun()
    step(head())
    step(ended())
    expect(platform.inputs('body.save')).toEqual([])

    choosing.resolve()

    await expect.poll(() => platform.inputs('body.save')).toEqual([{ id: BODY, path: '/late' }])
    expect(asked()).toHaveLength(1)
  })

  test('is forgotten where no place is chosen', async () => {
    platform.answerHost('dialog.saveFile', () => ok({ path: null }))
    await begun()
    step(head())
    await expect.poll(() => useDownloadsStore.getState().byTab[id]).toBeUndefined()

    step(ended())

    expect(platform.inputs('body.save')).toEqual([])
  })

  test('neither a redirect nor an error page is asked about, and the latter is said not to be saved', async () => {
    await begun()
    step(head(302))
    step(head(404))
    step(ended({ response: { ...response(), status: 404, bodyId: BODY, bodyBytes: 10 } }))

    expect(asked()).toEqual([])
    expect(platform.inputs('body.save')).toEqual([])
    expect(useAppStore.getState().notices.map(({ text }) => text)).toEqual(['Nothing was saved: the server answered 404.'])
  })

  test('what breaks off keeps its place for the rest; sending anew does not', async () => {
    await begun()
    step(head())
    await expect.poll(() => useDownloadsStore.getState().byTab[id]?.path).toBe('/home/me/report.csv')
    step(ended({ ok: false, error: errorOf('ChunkedEncodingError') }))

    resumeSend(id, { bodyId: BODY, bytes: 10, ifRange: '"v1"', url: 'http://x/' })
    await expect
      .poll(() => platform.inputs('exchange.send')[1]?.resume)
      .toEqual({ bodyId: BODY, bytes: 10, ifRange: '"v1"', url: 'http://x/' })
    await Promise.resolve()
    step(ended())
    await expect.poll(() => platform.inputs('body.save')).toHaveLength(1)
    expect(asked()).toHaveLength(1)

    await send(id)
    step(ended())
    expect(platform.inputs('body.save')).toHaveLength(1)
  })
})

test('a rest that never came can still be asked for', async () => {
  await begun()
  step(head())
  await expect.poll(() => useDownloadsStore.getState().byTab[id]?.path).toBe('/home/me/report.csv')
  const point = { bodyId: BODY, bytes: 10, ifRange: '"v1"', url: 'http://x/' }
  resumeSend(id, point)
  await expect.poll(() => platform.inputs('exchange.send')).toHaveLength(2)
  await Promise.resolve()

  step(ended({ ok: false, error: errorOf('ConnectionError'), response: null }))

  expect(exchangeOf(id)(useExchangesStore.getState()).resume).toEqual(point)
  expect(useDownloadsStore.getState().byTab[id]?.path).toBe('/home/me/report.csv')
})

test('an answer on its way can be marked to be saved, and not after all', async () => {
  void send(id)
  await expect.poll(() => platform.inputs('exchange.send').length).toBe(1)
  await Promise.resolve()
  step(head())

  toggleDownload(id)
  await expect.poll(asked).toHaveLength(1)
  toggleDownload(id)
  step(ended())

  expect(platform.inputs('body.save')).toEqual([])
})
