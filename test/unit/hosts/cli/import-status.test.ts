import { expect, test } from 'vitest'
import { importStatus } from '../../../../src-main/hosts/cli/import-status.ts'
import { createStatusLine } from '../../../../src-main/hosts/cli/status-line.ts'

test.each([
  [{ phase: 'parsing', done: null }, null, 'Finding out what it is'],
  [{ phase: 'converting', done: 0.256 }, null, 'Making requests of it: 25 %'],
  [{ phase: 'writing', done: 0.25 }, 20_200, 'Writing the files: 5,050 of 20,200'],
  [{ phase: 'writing', done: 1 }, 20_200, 'Opening what was written'],
] as const)('how far an import is: %j of %s', (progress, items, words) => {
  expect(importStatus(progress, items)).toBe(words)
})

test('a line of what is under way is drawn for a terminal only', () => {
  const written: string[] = []
  const write = (text: unknown): boolean => written.push(String(text)) > 0
  for (const isTTY of [true, false]) {
    const line = createStatusLine({ isTTY, write })
    line.draw('1 of 9')
    line.drawCount(() => 'too soon to be read')
    line.end()
  }

  expect(written).toEqual(['\r\u001b[K1 of 9', '\r\u001b[K'])
})
