import { expect, test } from 'vitest'
import { freePlace, type Box } from '../../../../src-renderer/lib/free-place.ts'

const ROOM = { width: 900, height: 600, aside: 12, above: 84, below: 36 }
const SIZE = { width: 380, height: 120 }
const box = (left: number, top: number, width: number, height: number): Box => ({ left, top, right: left + width, bottom: top + height })

test('it is at the bottom right where nothing is used there', () => {
  expect(freePlace(SIZE, ROOM, [])).toBe('bottom-right')
  // It ends where the place begins.
  expect(freePlace(SIZE, ROOM, [box(400, 400, 108, 28)])).toBe('bottom-right')
})

test('it gives way to what is used', () => {
  expect(freePlace(SIZE, ROOM, [box(600, 500, 100, 28)])).toBe('top-right')
  expect(freePlace(SIZE, ROOM, [box(600, 100, 100, 450)])).toBe('bottom-left')
})

test('of what takes the whole window it covers as little as it can', () => {
  expect(freePlace(SIZE, ROOM, [box(0, 0, 900, 600), box(800, 500, 50, 50)])).toBe('top-right')
})
