import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerBody, bodyRequestOf, cleanFileName } from '../../../../src-main/hosts/shell/body-answer.ts'

const ID = '0123456789abcdef'.repeat(4)

describe('bodyRequestOf', () => {
  test('reads the id, and the type to show', () => {
    const request = bodyRequestOf(new URL(`http://127.0.0.1/body/${ID}?type=image/png;x=y`))

    expect(request).toEqual({ id: ID, inlineType: 'image/png', downloadName: 'body' })
  })

  test('downloads where both are asked for', () => {
    const request = bodyRequestOf(new URL(`http://127.0.0.1/body/${ID}?type=image/png&download=a.png`))

    expect(request).toEqual({ id: ID, inlineType: null, downloadName: 'a.png' })
  })

  test.each([['/body/'], [`/body/${ID}0`], [`/body/${ID.toUpperCase()}`], ['/bodies/x'], [`/body/${ID}/x`]])(
    'knows no body at %s',
    (path) => {
      expect(bodyRequestOf(new URL(path, 'http://127.0.0.1'))).toBeNull()
    },
  )
})

describe('answerBody', () => {
  const request = bodyRequestOf(new URL(`http://127.0.0.1/body/${ID}?type=video/mp4`))
  if (!request) throw new Error('unreadable')

  test('answers a range of an empty body with 416', () => {
    expect(answerBody(request, 0, 'bytes=0-')).toMatchObject({ status: 416, headers: { 'content-range': 'bytes */0' }, range: null })
  })

  test('never leads outside the body, whatever the range', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(60), fc.nat(60), fc.constantFrom('both', 'from', 'suffix'), (bytes, first, last, form) => {
        const header = form === 'both' ? `bytes=${first}-${last}` : form === 'from' ? `bytes=${first}-` : `bytes=-${last}`
        const { range, headers, status } = answerBody(request, bytes, header)
        expect(status).toBe(range ? 206 : range === null ? 416 : 200)
        if (!range) return
        expect(range.start).toBeGreaterThanOrEqual(0)
        expect(range.end).toBeLessThan(bytes)
        expect(headers['content-length']).toBe(String(range.end - range.start + 1))
      }),
    )
  })
})

describe('cleanFileName', () => {
  test.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\a.txt', 'a.txt'],
    ['.bashrc', 'bashrc'],
    ['a\u202Egpj.exe', 'agpj.exe'],
    ['a\r\nb".txt', 'ab.txt'],
    ['CON.txt', '_CON.txt'],
    ['trailing. . ', 'trailing'],
    ['..', 'download'],
    ['', 'download'],
    [`${'x'.repeat(300)}.tar`, `${'x'.repeat(146)}.tar`],
  ])('makes %j to %j', (name, cleaned) => {
    expect(cleanFileName(name)).toBe(cleaned)
  })

  test('leaves one plain name, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const cleaned = cleanFileName(name)
        expect(cleaned.length).toBeGreaterThan(0)
        expect(cleaned.length).toBeLessThanOrEqual(151)
        expect(cleaned).not.toMatch(/[/\\\u0000-\u001f"<>|?*:]|^\.|\.$/)
      }),
    )
  })
})
