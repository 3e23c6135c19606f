import fc from 'fast-check'
import { expect, test } from 'vitest'
import { takenBack } from '../../../../../src-main/core/storage/opencollection/taken-back.ts'

const BEFORE = 'a\nb\nc\nd # out\ne\nf\ng\n'
const AFTER = 'a\nb\nc\ne\nf\ng\n'

test('a text that is as it was left gets back what it was', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a\n', 'b\n', 'b'), { maxLength: 12 }), fc.nat(12), fc.nat(12), (lines, one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)]

      expect(takenBack(lines.toSpliced(from, to - from).join(''), lines.join(''), lines.toSpliced(from, to - from).join(''))).toBe(
        lines.join(''),
      )
    }),
  )
})

test('what was taken goes in where it stood, whatever has changed elsewhere', () => {
  expect(takenBack(`new\n${AFTER}more\n`, BEFORE, AFTER)).toBe(`new\n${BEFORE}more\n`)
})

test('it does not go in where its place is gone, or there twice', () => {
  expect(takenBack(AFTER.replace('c\n', 'other\n'), BEFORE, AFTER)).toBeNull()
  expect(takenBack(AFTER + AFTER, BEFORE, AFTER)).toBeNull()
})

test('what was more than a removal is not taken back', () => {
  expect(takenBack('x\ny\n', 'a\nb\n', 'a\nc\n')).toBeNull()
})
