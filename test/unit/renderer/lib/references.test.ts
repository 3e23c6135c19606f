import { describe, expect, test } from 'vitest'
import { isOnlyReferences, openReferenceAt, referencesIn } from '../../../../src-renderer/lib/references.ts'

describe('references in a text', () => {
  test('are found with their braces, names trimmed', () => {
    expect(referencesIn('{{a}}/{{ b.c }}?{x}')).toEqual([
      { name: 'a', start: 0, end: 5 },
      { name: 'b.c', start: 6, end: 15 },
    ])
  })

  test('braces inside a name begin another reference, as where they are replaced', () => {
    expect(referencesIn('{{{a}}} {{b')).toEqual([{ name: 'a', start: 1, end: 6 }])
  })

  test('a text of references alone is told from one with more', () => {
    expect([isOnlyReferences('{{a}}{{b}}'), isOnlyReferences('Bearer {{a}}'), isOnlyReferences('{{a'), isOnlyReferences('')]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})

describe('the reference at the cursor', () => {
  test('is what is typed since the braces', () => {
    expect(openReferenceAt('x={{ho', 6)).toEqual({ typed: 'ho', start: 2, end: 6 })
  })

  test('takes in the rest of its name and its closing braces', () => {
    expect(openReferenceAt('{{host}}/a', 4)).toEqual({ typed: 'ho', start: 0, end: 8 })
    expect(openReferenceAt('{{}}', 2)).toEqual({ typed: '', start: 0, end: 4 })
  })

  test('leaves the next reference alone', () => {
    expect(openReferenceAt('{{h {{b}}', 3)).toEqual({ typed: 'h', start: 0, end: 3 })
  })

  test('is none outside of braces', () => {
    expect([openReferenceAt('{{a}}', 5), openReferenceAt('{a', 2), openReferenceAt('', 0)]).toEqual([null, null, null])
  })
})
