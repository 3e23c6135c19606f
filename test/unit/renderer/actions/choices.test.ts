import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ok } from '../../../../src-main/contract/result.ts'
import type { Environment } from '../../../../src-main/contract/model/session.ts'
import {
  chooseCollection,
  chooseEnvironment,
  chooseSession,
  surroundingsChanged,
  watchSurroundings,
} from '../../../../src-renderer/actions/choices.ts'
import { contextOf } from '../../../../src-renderer/actions/context.ts'
import { send } from '../../../../src-renderer/actions/send.ts'
import { activate } from '../../../../src-renderer/actions/tabs.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'
import { useSurroundingsStore } from '../../../../src-renderer/stores/surroundings-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import { collectionId, collectionOf, errorOf, exchangeId, freshWindow, node, nodeId, openedTab } from '../../../support/renderer-kit.ts'

let platform: FakePlatform
const shop = collectionId('shop')
const other = collectionId('other')

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  useCollectionsStore.getState().replace([collectionOf('shop', [node('s1', 'request')]), collectionOf('other', [node('o1', 'request')])])
})

const stored = (name: string, color: string | null = null) => ({
  file: `${name}.yml`,
  environment: { name, extends: null, dotEnvPath: null, color, variables: [] } satisfies Environment,
  revision: 'r1',
  fault: null,
})

describe('what is chosen around a request', () => {
  test('is that of its own collection', () => {
    const { draft } = openedTab('a', { node: nodeId('o1') })

    chooseEnvironment(shop, 'staging')
    chooseSession(other, 'alice')

    expect(contextOf(draft)).toEqual({ collectionId: other, environment: null, session: 'alice' })
  })

  test('of an unsaved request is that of the collection used last, at first the first one', () => {
    const { draft } = openedTab('new')

    expect(contextOf(draft).collectionId).toBe(shop)
    chooseCollection(other)
    expect(contextOf(draft).collectionId).toBe(other)
  })

  test('goes with preview and send', async () => {
    platform.answer('exchange.send', { exchangeId: exchangeId('x1') })
    const { draft } = openedTab('a', { node: nodeId('s1') })
    chooseEnvironment(shop, 'staging')
    await vi.advanceTimersByTimeAsync(200)

    await send(draft.id)

    const context = { collectionId: shop, environment: 'staging', session: null }
    expect(platform.inputs('request.prepare').map((input) => input.context)).toEqual([context, context])
    expect(platform.inputs('exchange.send')[0]?.context).toEqual(context)
  })

  test('asks for the preview of a tab behind only when it is shown', async () => {
    const behind = openedTab('behind', { node: nodeId('s1') })
    const front = openedTab('front', { node: nodeId('o1') })
    activate(behind.draft.id)
    await vi.advanceTimersByTimeAsync(200)
    activate(front.draft.id)
    await vi.advanceTimersByTimeAsync(200)
    platform.calls.length = 0

    chooseEnvironment(shop, 'staging')
    await vi.advanceTimersByTimeAsync(200)
    const whileBehind = platform.inputs('request.prepare').map(({ nodeId: id }) => id)
    activate(behind.draft.id)
    await vi.advanceTimersByTimeAsync(200)

    expect(whileBehind).toEqual(['o1'])
    expect(platform.inputs('request.prepare').map(({ nodeId: id }) => id)).toEqual(['o1', 's1'])
  })
})

describe('what there is to choose from', () => {
  test('is read for the collection in front, and again when its files change', async () => {
    platform.answer('environment.list', ({ collectionId: id }) => ok({ environments: [stored(`of ${id}`, 'red')] }))
    const stop = watchSurroundings()
    openedTab('o', { node: nodeId('o1') })
    await vi.runAllTimersAsync()

    surroundingsChanged()
    await vi.runAllTimersAsync()
    stop()

    const asked = platform.inputs('environment.list').map(({ collectionId: id }) => id)
    expect(asked).toEqual(['shop', 'other', 'shop', 'other'])
    expect(useSurroundingsStore.getState().byCollection[other]).toEqual({
      environments: [{ name: 'of other', file: 'of other.yml', extends: null, color: 'red', error: null }],
      sessions: ['default'],
      adapters: {},
    })
  })

  test('an older answer does not overwrite a newer one', async () => {
    const slow = deferred<void>()
    let asked = 0
    platform.answer('environment.list', async () => {
      asked += 1
      const name = `answer ${asked}`
      if (asked === 1) await slow.promise
      return ok({ environments: [stored(name)] })
    })
    useSurroundingsStore.getState().set(shop, { environments: [], sessions: [], adapters: {} })
    surroundingsChanged()
    surroundingsChanged()
    await vi.runAllTimersAsync()

    slow.resolve()
    await vi.runAllTimersAsync()

    expect(useSurroundingsStore.getState().byCollection[shop]?.environments.map(({ name }) => name)).toEqual(['answer 2'])
  })

  test('what cannot be read is told of', async () => {
    platform.refuse('session.list', errorOf('StorageError'))
    useSurroundingsStore.getState().set(shop, { environments: [], sessions: [], adapters: {} })

    surroundingsChanged()
    await vi.runAllTimersAsync()

    expect(useAppStore.getState().notices.map(({ text }) => text)).toEqual(['It is StorageError.'])
  })
})
