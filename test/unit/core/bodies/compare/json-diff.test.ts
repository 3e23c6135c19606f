import { describe, expect, test } from 'vitest'
import { diffJson, MAX_CHANGES } from '../../../../../src-main/core/bodies/compare/json-diff.ts'

/** Changes in short: the sign, the path, and both values. */
function changes(left: string, right: string, ignore: readonly string[] = []): string[] {
  const found = diffJson(Buffer.from(left), Buffer.from(right), ignore)
  if (found.kind === 'none') return [`none: ${found.side} ${found.reason}`]
  return found.changes.map(({ kind, path, from, left: a, right: b }) =>
    [kind, path, ...(from === null ? [] : [`from ${from}`]), ...(a === null ? [] : [a]), ...(b === null ? [] : [`→ ${b}`])].join(' '),
  )
}

describe('diffJson', () => {
  test('finds what came, went and changed, each with its path', () => {
    expect(changes('{"a":1,"b":{"c":"x"},"gone":[1]}', '{"a":2,"b":{"c":"x","d e":null}}')).toEqual([
      'changed $.a 1 → 2',
      'added $.b["d e"] → null',
      'removed $.gone [1]',
    ])
  })

  test('does not mind the order of members, white space, or how a string is escaped', () => {
    expect(changes('{"a":1,"b":"é\\/"}', '{ "b" : "\\u00e9/",\n "a":1 }')).toEqual([])
    expect(changes('[{"x":{"p":1,"q":[2]},"y":0}]', '[{"y":0,"x":{"q":[2],"p":1}}]')).toEqual([])
  })

  test('tells numbers apart as they are written, however many digits they have', () => {
    expect(changes('{"id":12345678901234567890}', '{"id":12345678901234567891}')).toEqual([
      'changed $.id 12345678901234567890 → 12345678901234567891',
    ])
    expect(changes('[1.0]', '[1]')).toEqual(['changed $[0] 1.0 → 1'])
  })

  test('a value of another kind is a change, also at the top', () => {
    expect(changes('{"a":"1"}', '{"a":1}')).toEqual(['changed $.a "1" → 1'])
    expect(changes('{}', '[]')).toEqual(['changed $ {} → []'])
    expect(changes('{"a":{}}', '{"a":[]}')).toEqual(['changed $.a {} → []'])
  })

  test('records of a list go by their id, wherever they stand', () => {
    const before = '[{"id":1,"n":"a"},{"id":2,"n":"b"},{"id":3,"n":"c"}]'
    expect(changes(before, '[{"id":0,"n":"z"},{"id":1,"n":"a"},{"id":2,"n":"B"},{"id":3,"n":"c"}]')).toEqual([
      'added $[0] → {"id":0,"n":"z"}',
      'changed $[2].n from $[1].n "b" → "B"',
    ])
    expect(changes(before, '[{"id":3,"n":"c"},{"id":1,"n":"a"},{"id":2,"n":"b"}]')).toEqual([
      'moved $[0] from $[2] {"id":3,"n":"c"} → {"id":3,"n":"c"}',
    ])
    expect(changes(before, '[{"id":1,"n":"a"},{"id":3,"n":"c"}]')).toEqual(['removed $[1] {"id":2,"n":"b"}'])
  })

  test('other lists go by what both have in the same order, and by likeness in between', () => {
    expect(changes('[1,2,3,4]', '[1,3,4,5]')).toEqual(['removed $[1] 2', 'added $[3] → 5'])
    expect(changes('["a","b"]', '["a","c"]')).toEqual(['changed $[1] "b" → "c"'])
    const left = '[{"t":"one","v":1,"w":1},{"t":"two","v":2,"w":2}]'
    const right = '[{"t":"new","v":9,"w":9},{"t":"one","v":1,"w":7},{"t":"two","v":2,"w":2}]'
    expect(changes(left, right)).toEqual(['added $[0] → {"t":"new","v":9,"w":9}', 'changed $[1].w from $[0].w 1 → 7'])
  })

  test('leaves out ignored paths, by name anywhere, by path, and in every item of a list', () => {
    const left = '{"at":"1","meta":{"took":5},"rows":[{"id":1,"at":"1","n":1}]}'
    const right = '{"at":"2","meta":{"took":6},"rows":[{"id":1,"at":"2","n":2}]}'
    expect(changes(left, right, ['at', '$.meta.took'])).toEqual(['changed $.rows[0].n 1 → 2'])
    expect(changes(left, right, ['$.rows[*]', '$..took', '$.at'])).toEqual([])
    expect(changes(left, right, ['$["meta"]', '$.rows[0].at', '$..n', '$.at'])).toEqual([])
    expect(changes('{"at":1}', '{}', ['at'])).toEqual([])
  })

  test('takes values in a row as one list, and refuses what is no JSON with its place', () => {
    expect(changes('{"a":1}\n{"a":2}\n', '{"a":1}\n{"a":3}\n')).toEqual(['changed $[1].a 2 → 3'])
    expect(changes('{"a":1}', '{"a":1}\n{"b":2}')).toEqual(['changed $ {"a":1} → {"a":1}\n{"b":2}'])
    expect(changes('{"a":}', '{}')).toEqual(['none: left it is no valid JSON at line 1: expected a value'])
    expect(changes('{}', '{\n"a" 1}')).toEqual(['none: right it is no valid JSON at line 2: expected “:”'])
    for (const bad of ['', '[1,]', '{"a":1,}', '[1 2]', '"\\x"', '01', 'nul', '[1}', '{"a"', '12x', ',']) {
      expect(changes(bad, '{}'), bad).toHaveLength(1)
      expect(changes(bad, '{}')[0], bad).toMatch(/^none: left/)
    }
  })

  test('members of one name are compared in order', () => {
    expect(changes('{"a":1,"a":2}', '{"a":1,"a":3}')).toEqual(['changed $["a (2)"] 2 → 3'])
  })

  test('counts all and lists some; long values are cut', () => {
    const [left, right] = [0, 1].map((add) => JSON.stringify(Array.from({ length: MAX_CHANGES + 5 }, (_, n) => ({ id: n, v: n + add }))))
    const found = diffJson(Buffer.from(left ?? ''), Buffer.from(right ?? ''), [])

    expect(found.kind === 'json' && found.changes.length).toBe(MAX_CHANGES)
    expect(found.kind === 'json' && found.counts).toEqual({ added: 0, removed: 0, changed: MAX_CHANGES + 5, moved: 0 })
    expect(changes('{}', JSON.stringify({ a: 'é'.repeat(5000) }))[0]).toMatch(/^added \$\.a → "é{900,1000}…$/)
  })

  test('every difference between two random texts can be told: applying none means they are equal', () => {
    let seed = 7
    const random = (n: number): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n
    const value = (depth: number): unknown => {
      const kind = random(depth > 3 ? 3 : 5)
      if (kind === 0) return random(3)
      if (kind === 1) return ['a', 'é', 'x"y'][random(3)]
      if (kind === 2) return [true, false, null][random(3)]
      if (kind === 3) return Array.from({ length: random(5) }, () => value(depth + 1))
      return Object.fromEntries(Array.from({ length: random(5) }, () => [['id', 'name', 'k v', 'z'][random(4)], value(depth + 1)]))
    }
    const sorted = (v: unknown): unknown =>
      Array.isArray(v)
        ? v.map(sorted)
        : typeof v === 'object' && v !== null
          ? Object.fromEntries(
              Object.entries(v)
                .sort()
                .map(([k, w]) => [k, sorted(w)]),
            )
          : v
    for (let round = 0; round < 2000; round += 1) {
      const [a, b] = [value(0), value(0)]
      const isEqual = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
      expect(changes(JSON.stringify(a), JSON.stringify(b)).length === 0, `${JSON.stringify(a)} ${JSON.stringify(b)}`).toBe(isEqual)
    }
  })
})
