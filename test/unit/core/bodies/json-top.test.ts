import { describe, expect, test } from 'vitest'
import { JsonTopScanner, type JsonTop } from '#core/bodies/json-top.ts'

function topOf(text: string, step = text.length): JsonTop {
  const scanner = new JsonTopScanner()
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += step) scanner.add(bytes.subarray(at, at + step))
  return scanner.end()
}

describe('JsonTopScanner', () => {
  test.each([
    ['[]', 0],
    [' [ ] \n', 0],
    ['[1]', 1],
    ['[1,"a,]",[2,3],{"b":[4,5]}]', 4],
    ['\uFEFF[null, "\\"]"]', 2],
  ])('%j is a list of %d, in whatever pieces it comes', (text, items) => {
    const bytes = Buffer.from(text)
    for (const step of [1, 3, bytes.length]) {
      const top = topOf(text, step)
      expect(top.kind).toBe('list')
      if (top.kind !== 'list') return
      expect(top.items).toBe(items)
      expect(`[${bytes.toString('utf8', top.start, top.end)}]`).toBe(text.replace('\uFEFF', '').trim())
    }
  })

  test.each([['{"a":[1]} '], ['"x"'], [' true'], ['-1.5e3\n']])('%j is one value', (text) => {
    const top = topOf(text, 2)
    expect(top.kind).toBe('value')
    if (top.kind === 'value') expect(text.slice(top.start, top.end)).toBe(text.trim())
  })

  test.each([[''], ['  '], ['[1]\n[2]'], ['{}{}'], ['1 2'], ['[1'], ['[1}'], [']'], ['<a/>'], ['"x'], ['a,b']])('%j is neither', (text) => {
    expect(topOf(text)).toEqual({ kind: 'none' })
  })
})
