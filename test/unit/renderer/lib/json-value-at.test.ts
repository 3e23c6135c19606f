import { expect, test } from 'vitest'
import { jsonValueAt } from '../../../../src-renderer/lib/json-value-at.ts'

const TEXT = `{
  "user": {
    "name": "A\\"da",
    "tags": ["x,]", {}],
    "big": 12345678901234567890
  },
  "a b": [
    null
  ]
}`
const at = (mark: string) => {
  const found = jsonValueAt(TEXT, TEXT.indexOf(mark))
  return found && [found.steps, found.value, found.isText]
}

test('a value, its name, its brackets and what stands before and behind it on its line lead to it', () => {
  expect(at('A\\"da')).toEqual([['user', 'name'], 'A"da', true])
  expect(at('name')).toEqual([['user', 'name'], 'A"da', true])
  expect(at(': "A')).toEqual([['user', 'name'], 'A"da', true])
  expect(at(',\n    "tags"')).toEqual([['user', 'name'], 'A"da', true])
  expect(at('    "tags"')).toEqual([['user', 'tags'], '["x,]",{}]', false])
  expect(at('x,]')).toEqual([['user', 'tags', 0], 'x,]', true])
  expect(at('{}')).toEqual([['user', 'tags', 1], '{}', false])
  expect(at('123')).toEqual([['user', 'big'], '12345678901234567890', false])
  expect(at('null')).toEqual([['a b', 0], 'null', false])
  expect(at('\n  ]\n}')).toEqual([['a b', 0], 'null', false])
  expect(at(' ]\n}')).toEqual([['a b'], '[null]', false])
  expect(jsonValueAt(TEXT, 0)?.steps).toEqual([])
  expect(jsonValueAt(TEXT, TEXT.length)?.steps).toEqual([])
})

test('of several values it is told which; of none, and of what breaks off, what there is', () => {
  expect(jsonValueAt('{"a": 1}\n{"a": 2}', 15)).toEqual({ steps: [1, 'a'], isOneOfSeveral: true, value: '2', isText: false })
  expect(jsonValueAt('"alone"', 2)).toEqual({ steps: [], isOneOfSeveral: false, value: 'alone', isText: true })
  expect(jsonValueAt('', 0)).toBeNull()
  expect(jsonValueAt('{"a": ', 2)).toBeNull()
  expect(jsonValueAt('{"a": [1, "tw', 12)).toMatchObject({ steps: ['a', 1], value: 'tw' })
})
