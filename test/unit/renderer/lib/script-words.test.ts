import { expect, test } from 'vitest'
import { byScript, consoleText, scriptWords } from '../../../../src-renderer/lib/script-words.ts'

const own = { type: 'tests' }
const folder = { type: 'before-request', of: 'users' }

test('a script is called by its kind, and by the folder that has it', () => {
  expect([own, folder, { type: 'later' }].map(scriptWords)).toEqual(['Tests', 'Before request of users', 'later'])
})

test('what scripts said stands together by script, in the order of its first', () => {
  const said = [
    { from: folder, n: 1 },
    { from: own, n: 2 },
    { from: folder, n: 3 },
  ]

  expect(byScript(said)).toEqual([
    ['Before request of users', [said[0], said[2]]],
    ['Tests', [said[1]]],
  ])
})

test('copied lines say their level, and where they are from as far as that is known', () => {
  expect(
    consoleText([
      { level: 'warn', text: 'slow', from: own, line: 3 },
      { level: 'log', text: 'a\nb', from: folder, line: null },
    ]),
  ).toBe('warn\tTests:3\tslow\nlog\tBefore request of users\ta\nb')
})
