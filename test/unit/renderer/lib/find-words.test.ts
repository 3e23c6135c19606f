import { describe, expect, test } from 'vitest'
import { holdsAll, piecesWith, wordsOf } from '../../../../src-renderer/lib/find-words.ts'

describe('words to find', () => {
  test('are cut at blanks, once each', () => {
    expect(wordsOf('  Read timeout\tread ')).toEqual(['read', 'timeout'])
  })

  test('are marked wherever they stand, the longer of two first', () => {
    expect(piecesWith('Timeouts: time [x]', ['time', 'timeout', '[x'])).toEqual([
      { text: 'Timeout', isFound: true },
      { text: 's: ', isFound: false },
      { text: 'time', isFound: true },
      { text: ' ', isFound: false },
      { text: '[x', isFound: true },
      { text: ']', isFound: false },
    ])
    expect(piecesWith('plain', [])).toEqual([{ text: 'plain', isFound: false }])
  })

  test('must all be there', () => {
    expect(holdsAll('A Read Timeout', ['timeout', 'read'])).toBe(true)
    expect(holdsAll('A Read Timeout', ['timeout', 'write'])).toBe(false)
  })
})
