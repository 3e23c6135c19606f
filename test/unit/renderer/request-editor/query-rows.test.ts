import { describe, expect, test } from 'vitest'
import { emptyRequest } from '../../../../src-main/contract/model/request-defaults.ts'
import { queryRows, withQueryRows, withUrl } from '../../../../src-renderer/features/request-editor/query-rows.ts'
import { changeRow, moveRow, removeRow } from '../../../../src-renderer/ui/key-value-table/row-edits.ts'

const rules = {
  blank: { name: '', value: '', enabled: true },
  isBlank: (row: { name: string; value: string }) => row.name === '' && row.value === '',
}

describe('query rows', () => {
  test('typing in the URL fills the rows', () => {
    const { params } = withUrl(emptyRequest(), 'https://h/?a=1&b=x%20y')

    expect(params.map(({ name, value }) => [name, value])).toEqual([
      ['a', '1'],
      ['b', 'x y'],
    ])
  })

  test('editing one row rewrites only its own pair of the URL', () => {
    const document = withUrl(emptyRequest(), 'https://h/?a=%7E1&b=2&c=x+y#f')

    const edited = withQueryRows(document, (rows) => changeRow(rows, 1, { value: 'ä&' }, rules))

    expect(edited.url).toBe('https://h/?a=%7E1&b=%C3%A4%26&c=x+y#f')
  })

  test('typing into the blank row appends a pair, letter by letter', () => {
    const start = withUrl(emptyRequest(), 'https://h/?a=%7E1')

    const one = withQueryRows(start, (rows) => changeRow(rows, 1, { name: 'b' }, rules))
    const two = withQueryRows(one, (rows) => changeRow(rows, 1, { name: 'bc' }, rules))

    expect(one.url).toBe('https://h/?a=%7E1&b=')
    expect(two.url).toBe('https://h/?a=%7E1&bc=')
  })

  test('emptying the last row takes its pair and the question mark away', () => {
    const start = withQueryRows({ ...emptyRequest(), url: 'https://h/' }, (rows) => changeRow(rows, 0, { name: 'b' }, rules))

    expect(withQueryRows(start, (rows) => changeRow(rows, 0, { name: '' }, rules))).toMatchObject({ url: 'https://h/', params: [] })
  })

  test('moving and removing rows keeps the text of the others', () => {
    const document = withUrl(emptyRequest(), 'https://h/?a=%7E1&b=2&c=%7E3')

    expect(withQueryRows(document, (rows) => moveRow(rows, 2, 0)).url).toBe('https://h/?c=%7E3&a=%7E1&b=2')
    expect(withQueryRows(document, (rows) => removeRow(rows, 1)).url).toBe('https://h/?a=%7E1&c=%7E3')
  })

  test('switching a row off takes its pair out of the URL and keeps the row', () => {
    const document = withUrl(emptyRequest(), 'https://h/?a=1&b=2')

    const off = withQueryRows(document, (rows) => changeRow(rows, 0, { enabled: false }, rules))

    expect(off.url).toBe('https://h/?b=2')
    expect(queryRows(off.params).rows.map((row) => row.enabled)).toEqual([false, true])
  })

  test('path rows are no rows of the table, and stay', () => {
    const document = { ...withUrl(emptyRequest(), 'https://h/:id?a=1') }
    document.params = [{ kind: 'path', name: 'id', value: '7', enabled: true }, ...document.params]

    expect(queryRows(document.params).indexes).toEqual([1])
    expect(withQueryRows(document, (rows) => changeRow(rows, 0, { value: '2' }, rules)).params).toEqual([
      { kind: 'query', name: 'a', value: '2', enabled: true },
      { kind: 'path', name: 'id', value: '7', enabled: true },
    ])
  })
})
