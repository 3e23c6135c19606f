import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findInJson } from '#core/checks/find-in-json.ts'
import type { Step } from '#core/checks/expression.ts'

/** What each path leads to, the text coming in pieces of so many bytes. */
function find(text: string, paths: readonly (readonly Step[])[], piece = 1_000_000): unknown[] {
  const finder = findInJson(paths)
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += piece) {
    if (!finder.write(Buffer.from(bytes.subarray(at, at + piece)))) break
  }
  expect(finder.problem()).toBeNull()
  return finder.finish().map((found) => (found.kind === 'text' ? (JSON.parse(found.text) as unknown) : undefined))
}

function walked(value: unknown, path: readonly Step[]): unknown {
  let at = value
  for (const one of path) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) !== (typeof one === 'number') || !Object.hasOwn(at, one))
      return undefined
    at = (at as Record<Step, unknown>)[one]
  }
  return at
}

describe('findInJson', () => {
  test('finds values by names and indexes', () => {
    const text = '{"a":{"b":[10,{"c":"x"}],"d":null},"e\\n":[[],{}]}'
    const paths = [
      ['a', 'b', 0],
      ['a', 'b', 1, 'c'],
      ['a', 'd'],
      ['e\n', 1],
      [],
      ['a', 'x'],
      ['a', 'b', 5],
      ['a', 'b', 0, 'c'],
      ['e\n', 0, 0],
    ]

    expect(find(text, paths)).toEqual(paths.map((path) => walked(JSON.parse(text), path)))
  })

  test('stops reading once all is found', () => {
    const finder = findInJson([['a']])

    expect(finder.write(Buffer.from('{"a": 1, "b": '))).toBe(false)
    expect(finder.finish()).toEqual([{ kind: 'text', text: '1' }])
  })

  test('measures what is too large to be held', () => {
    const list = JSON.stringify(Array.from({ length: 400_000 }, (_, index) => ({ id: index })))
    const finder = findInJson([['items'], ['items', 399_999, 'id']])
    finder.write(Buffer.from(`{"items":${list}}`))

    expect(finder.finish()).toEqual([
      { kind: 'large', type: 'array', length: 400_000, bytes: Buffer.byteLength(list) },
      { kind: 'text', text: '399999' },
    ])
  })

  test('finds the same as a parser, however the bytes come', () => {
    const key = fc.constantFrom('a', 'b', 'é', '"', 'long name')
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.constant(null), fc.integer(), fc.string(), tie('list'), tie('object')),
      list: fc.array(tie('value'), { maxLength: 4 }),
      object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    }))
    const path = fc.array(fc.oneof(key, fc.nat({ max: 3 })), { maxLength: 4 })
    fc.assert(
      fc.property(
        value,
        fc.array(path, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(0, 2),
        (json, paths, piece, indent) => {
          expect(find(JSON.stringify(json, null, indent), paths, piece)).toEqual(paths.map((one) => walked(json, one)))
        },
      ),
      { numRuns: 500 },
    )
  })
})
