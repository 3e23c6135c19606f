import { createElement, type ComponentType } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import { Awaiting, lazyPart, nearPart } from '../../../../src-renderer/lib/lazy-part.ts'

afterEach(() => vi.unstubAllGlobals())

const load = async () => ({ default: () => 'the part' })

function drawn(part: ComponentType): string {
  return renderToString(createElement(Awaiting, { fallback: 'nothing yet', children: createElement(part) }))
}

test('a near part that was fetched meanwhile is drawn at once, any other is waited for first', async () => {
  const idle: (() => void)[] = []
  vi.stubGlobal('requestIdleCallback', (work: () => void) => idle.push(work))
  const near = nearPart(load)
  const early = nearPart(load)
  const far = lazyPart(load)

  expect(drawn(early)).toContain('nothing yet')
  for (const work of idle) work()
  await vi.waitFor(() => expect(drawn(early)).toContain('the part'))

  expect(drawn(near)).toContain('the part')
  expect(drawn(far)).toContain('nothing yet')
})

test('a near part that could not be fetched meanwhile is asked for again when it is shown', async () => {
  vi.stubGlobal('requestIdleCallback', (work: () => void) => work())
  let asked = 0
  const part = nearPart(async () => {
    asked += 1
    if (asked === 1) throw new Error('The host is away.')
    return load()
  })

  expect(drawn(part)).toContain('nothing yet')
  await vi.waitFor(() => expect(drawn(part)).toContain('the part'))

  expect(asked).toBe(2)
})

test('what stands in for a part does not stand in for one inside of it', async () => {
  const inner = lazyPart<object>(() => new Promise(() => undefined))
  const outer = lazyPart(async () => ({ default: () => createElement('b', null, 'around ', createElement(inner)) }))

  expect(drawn(outer)).toBe('nothing yet')
  await vi.waitFor(() => expect(drawn(outer)).toBe('<b>around </b>'))
})
