import { beforeEach, expect, test } from 'vitest'
import type { SentRequest } from '../../../../src-main/contract/model/exchange.ts'
import type { HistoryRead } from '../../../../src-main/contract/model/history.ts'
import { BodyIdSchema, ViewIdSchema } from '../../../../src-main/contract/model/ids.ts'
import { emptyRequest } from '../../../../src-main/contract/model/request-defaults.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { openEntry, showEarlier } from '../../../../src-renderer/actions/history.ts'
import { sideOfEntry } from '../../../../src-renderer/lib/compared-side.ts'
import { messageText } from '../../../../src-renderer/features/compare/compared-text.ts'
import { HISTORY_TAB } from '../../../../src-renderer/lib/history-tab.ts'
import { refusedExchange } from '../../../../src-renderer/lib/refused-exchange.ts'
import { exchangeOf, useExchangesStore } from '../../../../src-renderer/stores/exchanges-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { hashOf, row } from '../../../support/history-kit.ts'
import { errorOf, exchangeId, freshWindow, openedTab } from '../../../support/renderer-kit.ts'

let platform: FakePlatform
const ID = exchangeId('e-1')

function readOf(): HistoryRead {
  const request: SentRequest = {
    method: 'POST',
    url: 'http://x.test/',
    httpVersion: '1.1',
    headers: [],
    head: 'POST / HTTP/1.1',
    bodyBytes: 18,
    bodyId: BodyIdSchema.parse(hashOf('{"t":"sk-live-77"}')),
  }
  return {
    entry: { ...row({ id: ID }).entry, pinned: false },
    document: emptyRequest(),
    exchange: { ...refusedExchange(errorOf('Bug')), id: ID, ok: true, error: null, request },
    secrets: ['sk-live-77'],
  }
}

beforeEach(() => {
  platform = freshWindow()
  platform.answer('history.read', () => ok(readOf()))
})

const secretsOf = (id: Parameters<typeof exchangeOf>[0]): readonly string[] => exchangeOf(id)(useExchangesStore.getState()).secrets

test('an entry that is looked at has the secrets of its request hidden', async () => {
  await openEntry(ID)

  expect(secretsOf(HISTORY_TAB)).toEqual(['sk-live-77'])
})

test('an earlier answer in a tab has the secrets of its own request hidden', async () => {
  const { draft } = openedTab('a')
  await showEarlier(draft.id, ID)

  expect(secretsOf(draft.id)).toEqual(['sk-live-77'])
})

test('the body that was sent is compared without its secrets', async () => {
  const sent = '{"t":"sk-live-77"}'
  const view = { viewId: ViewIdSchema.parse('v-1'), language: 'json', encoding: 'utf-8', encodingFrom: 'json' as const }
  platform.answer('body.open', { ...view, lines: 1, length: sent.length, text: sent, note: null })
  const text = await messageText(sideOfEntry(readOf()), 'request', new AbortController().signal)

  expect(text).toContain('••••••••')
  expect(text).not.toContain('sk-live-77')
})
