import { query } from 'json-p3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalizedJsonPath, shortJsonPath, type JsonStep } from '../../../../src-main/contract/model/json-path.ts'

describe('normalizedJsonPath', () => {
  test('writes the root, names and indexes as RFC 9535 §2.7 does', () => {
    expect(normalizedJsonPath([])).toBe('$')
    expect(normalizedJsonPath(['items', 0, 'id'])).toBe("$['items'][0]['id']")
    expect(normalizedJsonPath(['0', ''])).toBe("$['0']['']")
  })

  test.each([
    ["it's", "$['it\\'s']"],
    ['a\\b', "$['a\\\\b']"],
    ['"', "$['\"']"],
    ['\b\f\n\r\t', "$['\\b\\f\\n\\r\\t']"],
    ['\u000b\u0000\u001f', "$['\\u000b\\u0000\\u001f']"],
    ['\u007f\u0085', "$['\u007f\u0085']"],
    ['😀', "$['😀']"],
    ['\ud83d', "$['\\ud83d']"],
    ['\ude00\ud83d', "$['\\ude00\\ud83d']"],
  ])('escapes %j', (name, path) => {
    expect(normalizedJsonPath([name])).toBe(path)
  })
})

describe('shortJsonPath', () => {
  test.each<[readonly JsonStep[], string]>([
    [['items', 0, 'id'], '$.items[0].id'],
    [['größe', '数', '_a1'], '$.größe.数._a1'],
    [['1a'], "$['1a']"],
    [['a.b', 'a b', 'a-b', ''], "$['a.b']['a b']['a-b']['']"],
    [['a\u00a0b', 'a\u200bb'], "$['a\u00a0b']['a\u200bb']"],
  ])('of %j', (steps, path) => {
    expect(shortJsonPath(steps)).toBe(path)
  })
})

describe('both forms', () => {
  const value = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' })

  test('lead a JSONPath engine to the value, and to nothing else', () => {
    fc.assert(
      fc.property(value, (root) => {
        for (const [steps, at] of placesIn(root)) {
          // The engine refuses the escapes of control characters, which RFC 9535 §2.7 asks for: the table above has them.
          if (steps.some((step) => typeof step === 'string' && /\p{Cc}/u.test(step))) continue
          for (const path of [normalizedJsonPath(steps), shortJsonPath(steps)]) {
            const found = query(path, root).values()
            expect(found).toHaveLength(1)
            expect(found[0]).toEqual(at)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

function* placesIn(value: unknown, steps: readonly JsonStep[] = []): Generator<[readonly JsonStep[], unknown]> {
  yield [steps, value]
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* placesIn(item, [...steps, index])
  else if (typeof value === 'object' && value !== null)
    for (const [name, item] of Object.entries(value)) yield* placesIn(item, [...steps, name])
}
