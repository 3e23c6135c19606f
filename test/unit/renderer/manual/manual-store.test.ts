import { beforeEach, expect, test } from 'vitest'
import { useManualStore } from '../../../../src-renderer/stores/manual-store.ts'

const place = (page: string, heading: string | null = null) => ({ page, heading })
const shown = () => {
  const { visited, at } = useManualStore.getState()
  return visited[at]
}

beforeEach(() => useManualStore.setState(useManualStore.getInitialState()))

test('the manual begins at its index, and goes back there', () => {
  useManualStore.getState().go(place('import'))
  useManualStore.getState().travel(-1)
  useManualStore.getState().travel(-1)

  expect(shown()).toEqual(place('README'))
})

test('a place that is gone to from further back takes the place of those that one came back from', () => {
  const { go, travel } = useManualStore.getState()
  for (const page of ['a', 'b', 'c']) go(place(page))
  travel(-1)
  travel(-1)
  go(place('d', 'x'))
  travel(1)

  expect(shown()).toEqual(place('d', 'x'))
  expect(useManualStore.getState().visited.map(({ page }) => page)).toEqual(['README', 'a', 'd'])
})

test('a place that is asked for again is no further step, but a new wish', () => {
  const { go } = useManualStore.getState()
  go(place('a', 'x'))
  const before = shown()
  go(place('a', 'x'))

  expect(useManualStore.getState().visited).toHaveLength(2)
  expect(shown()).not.toBe(before)
})
