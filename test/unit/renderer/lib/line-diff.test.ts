import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineDiff } from '../../../../src-renderer/lib/line-diff.ts'

const shown = (left: string, right: string): readonly (readonly [string, string | null, string | null])[] =>
  lineDiff(left, right).map((row) => [row.kind, row.left, row.right])

describe('lineDiff', () => {
  test('a changed line stands beside its new text', () => {
    expect(shown('a\nb\nc\n', 'a\nB\nc\n')).toEqual([
      ['same', 'a', 'a'],
      ['changed', 'b', 'B'],
      ['same', 'c', 'c'],
    ])
  })

  test('an added line has nothing beside it', () => {
    expect(shown('a\nc', 'a\nb\nc')).toEqual([
      ['same', 'a', 'a'],
      ['changed', null, 'b'],
      ['same', 'c', 'c'],
    ])
  })

  test('lines far from a change are left out', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`)
    const changed = lines.with(10, 'other')

    const rows = lineDiff(lines.join('\n'), changed.join('\n'))

    expect(rows.map((row) => row.kind)).toEqual(['gap', 'same', 'same', 'same', 'changed', 'same', 'same', 'same', 'gap'])
    expect(rows[0]?.left).toBe('7 lines that are the same')
  })

  test('both sides can be read back from the rows, whatever the texts', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 24 }).map((lines) => [...lines, 'end'])
    fc.assert(
      fc.property(text, text, (left, right) => {
        const read: { left: string[]; right: string[] } = { left: [], right: [] }
        for (const row of lineDiff(left.join('\n'), right.join('\n'))) {
          const skipped = row.kind === 'gap' ? Number.parseInt(row.left ?? '', 10) : 0
          // What is left out must be the same on both sides.
          read.left.push(...right.slice(read.right.length, read.right.length + skipped))
          read.right.push(...left.slice(read.left.length - skipped, read.left.length))
          if (row.kind === 'gap') continue
          if (row.left !== null) read.left.push(row.left)
          if (row.right !== null) read.right.push(row.right)
        }
        expect(read).toEqual({ left, right })
      }),
    )
  })

  test('thousands of lines that all differ are one change, and soon told', () => {
    const many = (word: string): string => Array.from({ length: 5000 }, (_, index) => `${word} ${index}`).join('\n')

    expect(lineDiff(many('old'), many('new')).every((row) => row.kind === 'changed')).toBe(true)
  })
})
