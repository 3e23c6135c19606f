import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareItems, numbersFor, type Ordered } from '#core/storage/order.ts'

const item = (name: string, seq?: number, isFolder = false): Ordered => ({ name, seq, isFolder })
const sorted = (...items: Ordered[]): string[] => items.sort(compareItems).map(({ name }) => name)

describe('compareItems', () => {
  test('goes by number, then name, folders among them', () => {
    expect(sorted(item('c', 2), item('b', 1), item('a', 2, true), item('z', 1, true))).toEqual(['b', 'z', 'a', 'c'])
  })

  test('puts folders without a number first and requests without one last', () => {
    expect(sorted(item('b'), item('a', 9), item('z', undefined, true))).toEqual(['z', 'a', 'b'])
  })

  test('counts in names as people do', () => {
    expect(sorted(item('Page 10'), item('page 9'))).toEqual(['page 9', 'Page 10'])
  })
})

describe('numbersFor', () => {
  const seqs = fc.array(fc.option(fc.integer({ min: -2, max: 30 }), { nil: undefined }), { maxLength: 12 })

  test('gives numbers that rise', () => {
    fc.assert(
      fc.property(seqs, (given) => {
        const numbers = numbersFor(given)

        expect(numbers).toHaveLength(given.length)
        numbers.forEach((number, index) => expect(number).toBeGreaterThan(index === 0 ? 0 : numbers[index - 1]!))
      }),
    )
  })

  test('changes none of those that are in order already', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 1000 })), (given) => {
        const rising = given.sort((one, other) => one - other)

        expect(numbersFor(rising)).toEqual(rising)
      }),
    )
  })

  test('changes as few as can be', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 7 }), (given) => {
        const changed = numbersFor(given).filter((number, index) => number !== given[index]).length

        expect(changed).toBe(fewestChanges(given))
      }),
    )
  })

  test('changes one number where one item moved into a gap', () => {
    expect(numbersFor([10, 40, 20, 30])).toEqual([10, 11, 20, 30])
  })

  /** By trying every choice of what to keep. */
  function fewestChanges(given: readonly number[]): number {
    let best = given.length
    for (let choice = 0; choice < 1 << given.length; choice += 1) {
      const kept = [...given.keys()].filter((index) => (choice >> index) & 1)
      const fits = kept.every((index, at) => {
        const previous = kept[at - 1]
        return previous === undefined ? given[index]! > index : given[index]! - given[previous]! >= index - previous
      })
      if (fits) best = Math.min(best, given.length - kept.length)
    }
    return best
  }
})
