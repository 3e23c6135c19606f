import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanFileName, dispositionName, suggestedFileName } from '../../../../src-renderer/lib/suggested-name.ts'

describe('suggestedFileName', () => {
  test('takes the name that Content-Disposition proposes', () => {
    expect(suggestedFileName('http://h/a', 'attachment; filename="report 1.pdf"', 'application/pdf')).toBe('report 1.pdf')
  })

  test('falls back on the last path segment, without the query, and adds the extension of the type', () => {
    expect(suggestedFileName('http://h/v1/users/?page=1.5', '', 'application/json; charset=utf-8')).toBe('users.json')
    expect(suggestedFileName('http://h/pictures/s%C3%A4ge.png', '', 'image/png')).toBe('säge.png')
  })

  test('falls back on "response" where the path says nothing', () => {
    expect(suggestedFileName('http://h/', '', 'application/problem+json')).toBe('response.json')
    expect(suggestedFileName('http://h', '', '')).toBe('response')
  })

  test('a name without an extension gets that of its type', () => {
    expect(suggestedFileName('http://h/', 'attachment; filename=data', 'text/csv')).toBe('data.csv')
  })
})

describe('dispositionName', () => {
  test('prefers filename* and decodes it by its charset', () => {
    expect(dispositionName(`attachment; filename="fallback.txt"; filename*=UTF-8''%D1%84%D0%BE%D1%82%D0%BE.jpg`)).toBe('фото.jpg')
    expect(dispositionName(`attachment; filename*=iso-8859-1'en'%A3%20rates.txt`)).toBe('£ rates.txt')
  })

  test('uses the plain parameter where filename* cannot be decoded', () => {
    expect(dispositionName(`attachment; filename*=UTF-8''%FF%FE; filename="plain.txt"`)).toBe('plain.txt')
    expect(dispositionName(`attachment; filename*=UTF-8''100%ZZ; filename="plain.txt"`)).toBe('plain.txt')
  })

  test('undoes quoted pairs, and reads raw UTF-8 that came as latin-1', () => {
    expect(dispositionName('attachment; filename="a\\"b.txt"')).toBe('a"b.txt')
    expect(dispositionName(`inline; filename="${Buffer.from('é.txt').toString('latin1')}"`)).toBe('é.txt')
  })

  test('finds none where there is none', () => {
    expect(dispositionName('attachment')).toBeNull()
    expect(dispositionName('')).toBeNull()
  })
})

describe('cleanFileName', () => {
  test('keeps only the last part of a path, of either kind', () => {
    expect(cleanFileName('../../etc/passwd')).toBe('passwd')
    expect(cleanFileName('C:\\Windows\\system.ini')).toBe('system.ini')
  })

  test('takes out control characters, direction marks and leading dots', () => {
    expect(cleanFileName('.bashrc')).toBe('bashrc')
    expect(cleanFileName('in\u0000voice\u202Efdp.exe')).toBe('in_voice_fdp.exe')
  })

  test('disarms names that Windows reserves', () => {
    expect(cleanFileName('CON')).toBe('_CON')
    expect(cleanFileName('nul.txt')).toBe('_nul.txt')
  })

  test('never yields a separator, a control character, or more than 120 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const clean = cleanFileName(name)
        expect(clean).not.toMatch(/[/\\\p{Cc}]/u)
        expect([...clean].length).toBeLessThanOrEqual(121)
        expect(clean).not.toMatch(/^\./)
      }),
    )
  })
})
