import { describe, expect, test } from 'vitest'
import { isOfRules, repeatedRows, rowsOfRules, rulesOfRows } from '../../../../src-renderer/forms/rule-rows.ts'

describe('rules as rows', () => {
  test('there and back, with null as an empty value', () => {
    const rows = rowsOfRules({ https: 'http://p:1', http: null })
    expect(rows).toEqual([
      { name: 'https', value: 'http://p:1' },
      { name: 'http', value: '' },
    ])
    expect(rulesOfRows(rows)).toEqual({ https: 'http://p:1', http: '' })
    expect(isOfRules(rows, { https: 'http://p:1', http: null })).toBe(true)
  })

  test('no rows are no rules', () => {
    expect([rulesOfRows([]), rulesOfRows([{ name: ' ', value: 'x' }]), rowsOfRules(undefined)]).toEqual([undefined, undefined, []])
  })

  test('a name that is typed over another takes nothing from it', () => {
    const rows = [
      { name: 'http', value: 'a' },
      { name: 'http', value: 'b' },
    ]
    expect(rulesOfRows(rows)).toEqual({ http: 'a' })
    expect([...repeatedRows(rows)]).toEqual([1])
    expect(isOfRules(rows, { http: 'a' })).toBe(true)
  })

  test('rows that undo left behind are told by what they say', () => {
    expect(isOfRules([{ name: 'http', value: 'a' }], { http: 'b' })).toBe(false)
    expect(isOfRules([{ name: 'http', value: 'a' }], undefined)).toBe(false)
  })
})
