import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { FoundVariable } from '../../../../src-main/contract/model/variable.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { chooseEnvironment } from '../../../../src-renderer/actions/choices.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { closeTab } from '../../../../src-renderer/actions/tabs.ts'
import { rereadVariables, watchVariables } from '../../../../src-renderer/actions/variables.ts'
import { useCollectionsStore } from '../../../../src-renderer/stores/collections-store.ts'
import { useVariablesStore } from '../../../../src-renderer/stores/variables-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { collectionId, collectionOf, freshWindow, node, nodeId, openedTab } from '../../../support/renderer-kit.ts'

const SHOP = collectionId('shop')
let platform: FakePlatform

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  useCollectionsStore.getState().replace([collectionOf('shop', [node('s1', 'request')])])
  platform.answer('variables.list', ({ context }) => ok({ variables: [named(context?.environment ?? 'none')] }))
})

const named = (name: string): FoundVariable => ({ name, value: '1', origin: { layer: 'request' }, secret: false })
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(500)

describe('the variables of the tab in front', () => {
  test('are asked for once, and again when what they depend on changes', async () => {
    const { draft } = openedTab('variables-a', { node: nodeId('s1') })
    const stop = watchVariables()
    await settle()
    editDocument(draft.id, 'url', (document) => ({ ...document, url: 'typed' }))
    await settle()
    const afterTyping = platform.inputs('variables.list').length

    chooseEnvironment(SHOP, 'staging')
    await settle()
    editDocument(draft.id, 'variables', (document) => ({ ...document, variables: [{ name: 'v', value: '1', enabled: true }] }))
    await settle()
    useCollectionsStore.getState().replace([{ ...collectionOf('shop', [node('s1', 'request')]), settings: 'changed' }])
    await settle()
    stop()

    expect(afterTyping).toBe(1)
    expect(platform.inputs('variables.list')).toHaveLength(4)
    expect(useVariablesStore.getState().byTab[draft.id]).toEqual([named('staging')])
  })

  test('are asked for again on demand, and forgotten with the tab', async () => {
    const { draft } = openedTab('variables-b', { node: nodeId('s1') })
    const stop = watchVariables()
    await settle()

    rereadVariables()
    await settle()
    const asked = platform.inputs('variables.list').length
    await closeTab(draft.id)
    stop()

    expect(asked).toBe(2)
    expect(useVariablesStore.getState().byTab).toEqual({})
  })
})
