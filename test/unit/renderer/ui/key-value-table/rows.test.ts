import { describe, expect, test } from 'vitest'
import { cellMove } from '../../../../../src-renderer/ui/key-value-table/cell-moves.ts'
import { suggestionsFor } from '../../../../../src-renderer/ui/key-value-table/matches.ts'
import { pastedRows } from '../../../../../src-renderer/ui/key-value-table/pasted-rows.ts'
import {
  changeRow,
  duplicateRow,
  fillRows,
  movedIndex,
  moveRow,
  removeRow,
} from '../../../../../src-renderer/ui/key-value-table/row-edits.ts'

const row = (name: string, value = ''): { name: string; value: string; enabled: boolean } => ({ name, value, enabled: true })
const rules = { blank: row(''), isBlank: (one: { name: string; value: string }) => one.name === '' && one.value === '' }

describe('row edits', () => {
  test('typing in the blank row adds a row', () => {
    expect(changeRow([row('a')], 1, { name: 'b' }, rules)).toEqual([row('a'), row('b')])
  })

  test('rows that are not touched stay the same objects', () => {
    const rows = [row('a'), row('b')]

    expect(changeRow(rows, 1, { value: '1' }, rules)[0]).toBe(rows[0])
    expect(moveRow(rows, 0, 1)).toEqual([rows[1], rows[0]])
  })

  test('an emptied last row goes; one in the middle stays', () => {
    expect(changeRow([row('a'), row('b')], 1, { name: '' }, rules)).toEqual([row('a')])
    expect(changeRow([row('a'), row('b')], 0, { name: '' }, rules)).toHaveLength(2)
  })

  test('a duplicate stands below and is a row of its own', () => {
    const rows = [row('a'), row('b')]
    const after = duplicateRow(rows, 0)

    expect(after).toEqual([row('a'), row('a'), row('b')])
    expect(after[1]).not.toBe(rows[0])
  })

  test('moving beyond an end, or nothing, changes nothing', () => {
    const rows = [row('a'), row('b')]

    expect([moveRow(rows, 0, -1), moveRow(rows, 1, 2), moveRow(rows, 5, 0), removeRow(rows, 9)]).toEqual([rows, rows, rows, rows])
  })

  test('an index is followed through a move as the row itself is', () => {
    const names = ['a', 'b', 'c', 'd']
    for (let from = 0; from < 4; from += 1) {
      for (let to = 0; to < 4; to += 1) {
        const after = moveRow(names, from, to)

        names.forEach((name, index) => expect(after[movedIndex(index, from, to)]).toBe(name))
      }
    }
  })

  test('pasted rows take the place of the blank or the empty row', () => {
    expect(fillRows([row('a')], 1, [row('x'), row('y')])).toEqual([row('a'), row('x'), row('y')])
    expect(fillRows([row(''), row('b')], 0, [row('x')])).toEqual([row('x'), row('b')])
  })
})

describe('pastedRows', () => {
  test('reads a block of headers, and leaves out pseudo headers', () => {
    expect(pastedRows(':authority: h\r\nAccept: */*\r\nReferer: https://h/?a=b:c\r\n\r\n')).toEqual([
      row('Accept', '*/*'),
      row('Referer', 'https://h/?a=b:c'),
    ])
  })

  test('reads a whole head, without its first line', () => {
    const accept = [{ name: 'Accept', value: 'text/html', enabled: true }]

    expect(pastedRows('GET /a?b=c HTTP/1.1\r\nAccept: text/html\r\n')).toEqual(accept)
    expect(pastedRows('HTTP/2 200\nAccept: text/html')).toEqual(accept)
    expect(pastedRows('GET /a\nAccept: text/html')).toBeNull()
  })

  test('reads lines of a bulk editor, switched-off ones too', () => {
    expect(pastedRows('a=1\n// b: 2\n# c: 3\nd\t4')).toEqual([
      row('a', '1'),
      { ...row('b', '2'), enabled: false },
      { ...row('c', '3'), enabled: false },
      row('d', '4'),
    ])
  })

  test('reads a query, decoded', () => {
    expect(pastedRows('?a=x%20y&b=%26&c')).toEqual([row('a', 'x y'), row('b', '&'), row('c')])
  })

  test('reads one header line', () => {
    expect(pastedRows('Content-Type: application/json')).toEqual([row('Content-Type', 'application/json')])
  })

  test.each(['hello', 'a=b', 'https://example.com/x', 'dGVzdA==', '10:30', 'two\nlines', '', '{"a": 1}'])('takes %j for text', (text) => {
    expect(pastedRows(text)).toBeNull()
  })
})

describe('cellMove', () => {
  const cell = { row: 2, column: 'name', text: 'abc', selectionStart: 3, selectionEnd: 3 } as const

  test('Enter goes on to the value, and from there to the next row', () => {
    expect(cellMove('Enter', cell)).toMatchObject({ row: 2, column: 'value' })
    expect(cellMove('Enter', { ...cell, column: 'value' })).toMatchObject({ row: 3, column: 'name' })
  })

  test('up and down stay in the column', () => {
    expect(cellMove('ArrowUp', cell)).toMatchObject({ row: 1, column: 'name' })
    expect(cellMove('ArrowDown', cell)).toMatchObject({ row: 3, column: 'name' })
  })

  test('up and down are the text’s own while it has lines that way', () => {
    const lines = { ...cell, text: 'a\nb', selectionStart: 3, selectionEnd: 3 }

    expect(cellMove('ArrowUp', lines)).toBeNull()
    expect(cellMove('ArrowDown', lines)).toMatchObject({ row: 3 })
    expect(cellMove('ArrowDown', { ...lines, selectionStart: 0, selectionEnd: 0 })).toBeNull()
    expect(cellMove('ArrowUp', { ...lines, selectionStart: 0, selectionEnd: 0 })).toMatchObject({ row: 1 })
  })

  test('left and right leave the cell only at the edge of its text', () => {
    expect(cellMove('ArrowRight', cell)).toMatchObject({ row: 2, column: 'value', at: 'start' })
    expect(cellMove('ArrowLeft', cell)).toBeNull()
    expect(cellMove('ArrowLeft', { ...cell, selectionStart: 0, selectionEnd: 0 })).toMatchObject({ row: 1, column: 'value' })
    expect(cellMove('ArrowRight', { ...cell, selectionStart: 0 })).toBeNull()
  })

  test('other keys are the text’s own', () => {
    expect(cellMove('a', cell)).toBeNull()
  })
})

describe('suggestionsFor', () => {
  const names = ['Accept', 'Accept-Language', 'Content-Type', 'X-Content-Type-Options']

  test('those that begin with the text come first', () => {
    expect(suggestionsFor('cont', names)).toEqual(['Content-Type', 'X-Content-Type-Options'])
  })

  test('a text that is one already needs none', () => {
    expect(suggestionsFor('accept', names)).toEqual([])
  })

  test('an empty text gets them only on request', () => {
    expect(suggestionsFor('', names)).toEqual([])
    expect(suggestionsFor('', names, true)).toEqual(names)
  })
})
