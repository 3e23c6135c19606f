import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanFileName, foldedName, freeName, nameForItem } from '#core/storage/file-names.ts'
import { hardText } from './opencollection/arbitraries.ts'

const anyName = fc.oneof(
  hardText,
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constantFrom('con', 'NUL.txt', '..', '../../etc/passwd', 'a\\b', '.bashrc'),
)

describe('any name', () => {
  test.each([
    ['of an upload', cleanFileName],
    ['of an item', (text: string) => nameForItem(text, 'request')],
  ])('%s becomes one that every file system takes', (_what, clean) => {
    fc.assert(
      fc.property(anyName, (text) => {
        const name = clean(text)

        expect(name).not.toBe('')
        expect(name).not.toMatch(/[\0-\x1f<>:"/\\|?*]|^\.\.?$|[. ]$/)
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
        expect(name.isWellFormed()).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('cleanFileName', () => {
  test.each([
    ['photo.jpg', 'photo.jpg'],
    ['фото.jpg', 'фото.jpg'],
    ['../../etc/passwd', '..-..-etc-passwd'],
    ['con.txt', '_con.txt'],
    ['', 'file'],
    ['evil\u202Egpj.exe', 'evil-gpj.exe'],
  ])('%j becomes %j', (given, expected) => {
    expect(cleanFileName(given)).toBe(expected)
  })

  test('keeps the ending of a long name', () => {
    expect(cleanFileName(`${'漢'.repeat(300)}.tar.gz`)).toMatch(/^漢{20,60}.*\.gz$/)
  })
})

describe('nameForItem', () => {
  test.each([
    ['Get users', 'Get users'],
    ['.hidden', 'hidden'],
    ['...', 'request'],
    ['a/b', 'a-b'],
    ['  two  words ', 'two words'],
  ])('%j becomes %j', (given, expected) => {
    expect(nameForItem(given, 'request')).toBe(expected)
  })

  test('does not cut a character in two', () => {
    expect(nameForItem('👩‍👩‍👧‍👦'.repeat(20), 'request')).toMatch(/^(?:👩‍👩‍👧‍👦)+$/u)
  })
})

describe('freeName', () => {
  test('takes the first number that is free, before the ending', () => {
    const taken = new Set(['a.yml', 'a 2.yml'])

    expect(freeName('a', '.yml', (name) => taken.has(name))).toBe('a 3.yml')
  })

  test('sees names that differ by case or form alone as the same', () => {
    expect(foldedName('ÄB.yml')).toBe(foldedName('a\u0308b.YML'))
  })
})
