import { describe, expect, test } from 'vitest'
import {
  bodyPaths,
  cookieExpression,
  expectedText,
  expressionsOf,
  headerExpression,
  queryExpression,
  variableName,
} from '../../../../src-renderer/lib/answer-expressions.ts'

describe('bodyPaths', () => {
  test('has those near the top first, and one item for a whole list', () => {
    expect(bodyPaths({ items: [{ id: 1, 'a b': 2 }, { id: 2 }], next: null })).toEqual([
      'res.body.items',
      'res.body.next',
      'res.body.items.length',
      'res.body.items[0]',
      'res.body.items[0].id',
      "res.body.items[0]['a b']",
    ])
  })

  test('of a body that is one value has none', () => {
    expect(bodyPaths('text')).toEqual([])
    expect(bodyPaths(null)).toEqual([])
  })

  test('ends, however much there is', () => {
    const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`n${index}`, index]))

    expect(bodyPaths(wide)).toHaveLength(300)
  })
})

describe('expressions', () => {
  test('name headers in lower case, and quote what is no word', () => {
    expect(headerExpression('Location')).toBe('res.headers.location')
    expect(headerExpression('Content-Type')).toBe("res.headers['content-type']")
    expect(cookieExpression("it's")).toBe("res.cookies['it\\'s']")
  })

  test('put a query in quotes, whatever is in it', () => {
    expect(queryExpression('css', "a[title='\\2022']")).toBe("res.css('a[title=\\'\\\\2022\\']')")
  })

  test('of an answer come once each, the status first', () => {
    const found = expressionsOf(
      {
        headers: [
          ['Location', '/'],
          ['X-A', '1'],
          ['x-a', '2'],
        ],
        cookies: [],
      },
      ['res.body.id'],
    )

    expect(found.slice(0, 2)).toEqual(['res.status', 'res.body.id'])
    expect(found.filter((one) => one === "res.headers['x-a']")).toHaveLength(1)
    expect(found.filter((one) => one === 'res.headers.location')).toHaveLength(1)
  })
})

test('a text that would be read as something else stands in quotes', () => {
  expect(['Ann', '', '5', '-1.5e3', 'true', 'null', '[1]', '{"a":1}', '"a"', ' a', "it's", '5 apples'].map(expectedText)).toEqual([
    'Ann',
    '',
    '"5"',
    '"-1.5e3"',
    '"true"',
    '"null"',
    '"[1]"',
    '"{"a":1}"',
    '""a""',
    '" a"',
    "it's",
    '5 apples',
  ])
})

test('a variable takes its name from a header’s', () => {
  expect(['X-Request-Id', 'Set-Cookie', '__Host-sid', 'x-'].map(variableName)).toEqual(['request_id', 'set_cookie', 'host_sid', 'x'])
})
