import { describe, expect, test } from 'vitest'
import type { Row } from '#contract/model/request.ts'
import { pastedCookies } from '../../../../../src-renderer/ui/key-value-table/pasted-cookies.ts'
import { canBeText, rowsOfText, textOfRows } from '../../../../../src-renderer/ui/key-value-table/rows-as-text.ts'

const row = (name: string, value: string, more: Partial<Row> = {}): Row => ({ name, value, enabled: true, ...more })

describe('rows as text', () => {
  test('one a line, with those that are off behind a #, and back as they were', () => {
    const rows = [
      row('Accept', 'a: b=c', { description: 'what' }),
      row('filter:x', ' 1 ', { enabled: false }),
      row('X-Away', '', { omit: true }),
    ]

    expect(textOfRows(rows)).toBe('Accept: a: b=c\n# filter:x:  1 \nX-Away: ')
    const back = rowsOfText(textOfRows(rows), rows)
    expect(back).toEqual(rows)
    expect(back.every((one, at) => one === rows[at])).toBe(true)
  })

  test('a changed line keeps what it has no room for; one of another name is another row', () => {
    const rows = [row('A', '1', { description: 'first' }), row('A', '2', { description: 'second' }), row('Gone', '', { omit: true })]

    expect(rowsOfText('A: 1\n//A: 3\nB: 4\nGone: 5', rows)).toEqual([
      rows[0],
      row('A', '3', { description: 'second', enabled: false }),
      row('B', '4'),
      row('Gone', '5'),
    ])
  })

  test('takes what people paste: query strings, equals signs, tabs, bare names', () => {
    expect(rowsOfText('?a=1&b=x%20y&c\r\nd=4\n\ne\t5\nf:6\ng', [])).toEqual([
      row('a', '1'),
      row('b', 'x y'),
      row('c', ''),
      row('d', '4'),
      row('e', '5'),
      row('f', '6'),
      row('g', ''),
    ])
  })

  test.each([
    [[row('a', 'two\nlines')], false],
    [[row('# a', '1')], false],
    [[row('a', ''), row('a: b', '')], false],
    [[row('a', '# 1'), row('ä', '{{b}}', { enabled: false })], true],
  ])('%j can be text: %s', (rows, expected) => {
    expect(canBeText(rows)).toBe(expected)
  })
})

describe('pasted cookies', () => {
  test.each([
    ['a=1; b=two; c=x=y', ['a=1', 'b=two', 'c=x=y']],
    ['Cookie: sid=9', ['sid=9']],
    ['cookie: a=1; b=2;', ['a=1', 'b=2']],
    ['Set-Cookie: sid=9; Path=/; HttpOnly\nset-cookie: t=1; Secure', ['sid=9', 't=1']],
    ['a: 1\nb: 2', ['a=1', 'b=2']],
    ['a=1', null],
  ])('%j', (text, expected) => {
    expect(pastedCookies(text)?.map(({ name, value }) => `${name}=${value}`) ?? null).toEqual(expected)
  })
})
