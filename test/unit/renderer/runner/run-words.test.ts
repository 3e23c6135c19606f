import { expect, test } from 'vitest'
import { changeWords, rateWords, settingsWords, sharedFolders } from '../../../../src-renderer/features/runner/run-words.ts'

test('a figure compares with the one before in words', () => {
  expect([changeWords(100, 112), changeWords(100, 50), changeWords(100, 100.2), changeWords(null, 5), changeWords(0, 5)]).toEqual([
    '12% slower',
    '50% faster',
    'as before',
    '',
    '',
  ])
})

test('a rate is as short as it can be read', () => {
  expect([0, 0.314, 4.25, 151.4, 12_345].map(rateWords)).toEqual(['0/s', '0.31/s', '4.3/s', '151/s', '12,345/s'])
})

test('a run says with what it went', () => {
  expect(settingsWords({ environment: null, session: null, data: null, parallel: 1 })).toBe('no environment')
  expect(settingsWords({ environment: 'dev', session: 'admin', data: 'users.csv', parallel: 10 })).toBe(
    'dev, session admin, users.csv, 10 at a time',
  )
})

test('folders that all requests are in are counted from outside', () => {
  const counted = (...folders: string[][]): number => sharedFolders(folders.map((each) => ({ folders: each })))
  expect([counted(), counted(['a', 'b']), counted(['a', 'b'], ['a', 'c']), counted(['a', 'b'], ['a']), counted(['a'], ['b'])]).toEqual([
    0, 2, 1, 1, 0,
  ])
})
