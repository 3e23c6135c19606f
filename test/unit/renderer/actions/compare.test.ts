import { beforeEach, describe, expect, test } from 'vitest'
import type { HistoryEntry } from '#contract/model/history.ts'
import { ExchangeIdSchema } from '../../../../src-main/contract/model/ids.ts'
import { compareBodies, compareWithPrevious, heedPath, ignorePath, previousOf } from '../../../../src-renderer/actions/compare.ts'
import { refusedExchange } from '../../../../src-renderer/lib/refused-exchange.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useExchangesStore } from '../../../../src-renderer/stores/exchanges-store.ts'
import { useLayoutStore } from '../../../../src-renderer/stores/layout-store.ts'
import { usePageStore } from '../../../../src-renderer/stores/page-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { freshWindow, openedTab } from '../../../support/renderer-kit.ts'

const RESPONSE = {
  url: 'http://h.test/',
  status: 200,
  reason: 'OK',
  httpVersion: '1.1',
  headers: [] as [string, string][],
  informational: [],
  trailers: [],
  cookies: [],
  encoding: null,
  encodingFrom: null,
  bodyBytes: 0,
  wireBytes: 0,
  bodyId: null,
}

function exchange(id: string, startedAt: string) {
  const error = { kind: 'Cancelled', stage: 'send', message: '' } as const
  return { ...refusedExchange(error, new Date(startedAt)), id: ExchangeIdSchema.parse(id), ok: true, error: null, response: RESPONSE }
}

function entry(id: string, startedAt: string, status: number | null = 200): HistoryEntry {
  const none = { nodeId: null, session: null, environment: null, error: null, pinned: false }
  const facts = { totalMs: 1, method: 'GET', url: 'http://h.test/', host: 'h.test', requestBytes: 0, responseBytes: 0 }
  return { ...none, ...facts, id: ExchangeIdSchema.parse(id), startedAt: new Date(startedAt).toISOString(), status }
}

let platform: FakePlatform
beforeEach(() => {
  platform = freshWindow()
  platform.answer('history.list', { entries: [], next: null, total: null })
})

describe('previousOf', () => {
  test('is the newest answer from before the one shown, be that an older one itself', () => {
    const entries = [entry('d', '2026-01-04'), entry('c', '2026-01-03'), entry('b', '2026-01-02', null), entry('a', '2026-01-01')]

    expect(previousOf(exchange('d', '2026-01-04'), entries)?.id).toBe('c')
    expect(previousOf(exchange('c', '2026-01-03'), entries)?.id).toBe('a')
    expect(previousOf(exchange('a', '2026-01-01'), entries)).toBeUndefined()
  })
})

describe('compareWithPrevious', () => {
  test('takes the answer that the window had before, where the history has none', async () => {
    const { draft } = openedTab('a')
    const [before, last] = [exchange('one', '2026-01-01'), exchange('two', '2026-01-02')]
    useExchangesStore.getState().set(draft.id, { before, last })

    await compareWithPrevious(draft.id)

    expect(usePageStore.getState().page).toMatchObject({
      kind: 'comparison',
      left: { exchange: { id: 'one' }, entryId: null },
      right: { exchange: { id: 'two' } },
    })
  })

  test('says so where there is none at all', async () => {
    const { draft } = openedTab('a')
    useExchangesStore.getState().set(draft.id, { last: exchange('two', '2026-01-02') })

    await compareWithPrevious(draft.id)

    expect(usePageStore.getState().page).toBeNull()
    expect(useAppStore.getState().notices).toMatchObject([{ text: 'This request had no answer before the one that is shown.' }])
  })
})

test('answers without a body are not asked of core', async () => {
  const { signal } = new AbortController()

  expect(await compareBodies(RESPONSE, RESPONSE, [], signal)).toEqual({ ok: true, value: { kind: 'same' } })
})

test('ignored paths are kept once each, and taken back', () => {
  ignorePath('$.at')
  ignorePath('$.at')
  ignorePath('id')
  expect(useLayoutStore.getState().ignoredPaths).toEqual(['$.at', 'id'])

  heedPath('$.at')
  expect(useLayoutStore.getState().ignoredPaths).toEqual(['id'])
})
