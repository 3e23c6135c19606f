import iconv from 'iconv-lite'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { requestsEncoding } from '../../../../src-main/core/bodies/requests-encoding.ts'
import { decoderFor, detectEncoding, encodingEvidence, SAMPLE_BYTES } from '../../../../src-main/core/bodies/encoding.ts'

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8')
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const detect = (bytes: Uint8Array, contentType = '', complete = true): string => {
  const { encoding, from } = detectEncoding(bytes, contentType, complete)
  return `${encoding} by ${from}`
}

describe('requestsEncoding', () => {
  // Measured with requests 2.34.2 and charset_normalizer 3.4.7.
  test.each([
    ['text/html; charset=utf-8', utf8('é'), 'utf-8 by header'],
    ['text/html; charset=klingon', latin1('\xe9'), 'utf-8 by header'],
    ['text/html', utf8('<meta charset=utf-8>é'), 'windows-1252 by rules'],
    ['text/plain', Buffer.from([0xef, 0xbb, 0xbf, 0x41]), 'windows-1252 by rules'],
    ['application/json', latin1('"\xe9"'), 'utf-8 by rules'],
    ['Text/HTML', utf8('é'), 'utf-8 by guess'],
    ['', utf8('é'), 'utf-8 by guess'],
  ])('reads %s as requests does', (contentType, bytes, expected) => {
    const { encoding, from } = requestsEncoding(bytes, contentType, true)

    expect(`${encoding} by ${from}`).toBe(expected)
  })
})

describe('detectEncoding', () => {
  test.each([
    ['utf-8', [0xef, 0xbb, 0xbf, 0x41]],
    ['utf-16le', [0xff, 0xfe, 0x41, 0x00]],
    ['utf-16be', [0xfe, 0xff, 0x00, 0x41]],
    ['utf-32le', [0xff, 0xfe, 0x00, 0x00, 0x41, 0, 0, 0]],
    ['utf-32be', [0x00, 0x00, 0xfe, 0xff, 0, 0, 0, 0x41]],
  ])('believes the byte order mark of %s before the header', (encoding, bytes) => {
    expect(detect(Uint8Array.from(bytes), 'text/plain; charset=windows-1251')).toBe(`${encoding} by bom`)
  })

  test.each([
    ['text/html; charset=utf-8', 'utf-8'],
    ['Text/HTML;CHARSET="ISO-8859-1"', 'windows-1252'],
    ["text/plain; charset='Shift_JIS'", 'shift_jis'],
    ['text/plain; format=flowed; charset = koi8-r ', 'koi8-r'],
    ['text/plain; charset=us-ascii', 'windows-1252'],
    ['text/plain; charset=utf8mb4', 'utf-8'],
    ['text/plain; charset=latin_1', 'windows-1252'],
    ['text/plain; charset=Latin-1', 'windows-1252'],
    ['text/plain; charset=UTF-32', 'utf-32'],
    ['text/plain; charset=cp437', 'cp437'],
    ['text/plain; charset=cp932', 'shift_jis'],
    ['text/plain; charset=gb2312', 'gbk'],
    ['multipart/mixed; boundary=";charset=koi8-r"; charset=utf-8', 'utf-8'],
  ])('reads the header %s', (contentType, encoding) => {
    expect(detect(latin1('caf\xe9'), contentType)).toBe(`${encoding} by header`)
  })

  test.each(['text/plain; charset=klingon', 'text/plain; charset=', 'text/plain; charset=binary', 'text/plain; charset=base64'])(
    'falls on from %s',
    (contentType) => {
      expect(detect(utf8('café'), contentType)).toBe('utf-8 by guess')
    },
  )

  test.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('knows JSON in %s by its NULs', (encoding) => {
    const bytes = iconv.encode('{"a":"é"}', encoding)

    expect(detect(bytes, 'application/json')).toBe(`${encoding} by json`)
    expect(detect(bytes)).toBe(`${encoding} by json`)
  })

  test('takes JSON that is valid UTF-8 for UTF-8, as its specification has it, whatever the case of the type', () => {
    expect(detect(utf8('{"a":"é"}'), 'APPLICATION/Problem+JSON')).toBe('utf-8 by json')
    expect(detect(utf8('[1]'), 'application/json')).toBe('utf-8 by json')
  })

  test('does not take Latin-1 JSON for UTF-8', () => {
    expect(detect(latin1('{"a":"\xe9"}'), 'application/json')).toBe('windows-1252 by default')
  })

  test.each([
    ['text/html', '<html><head><meta charset="windows-1251">', 'meta'],
    ['text/html', "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>", 'meta'],
    ['', '<!DOCTYPE html><html><head><meta charset=windows-1251>', 'meta'],
    ['text/html', '<!-- <meta charset=koi8-r> --><meta charset=windows-1251>', 'meta'],
    ['text/html', '<?xml version="1.0" encoding="klingon"?><html><meta charset=windows-1251>', 'meta'],
    ['application/xml', '<?xml version="1.0" encoding="WINDOWS-1251"?><a>', 'xml'],
    ['', "<?xml version='1.0' encoding='windows-1251' standalone='yes'?><a>", 'xml'],
    ['text/css', '@charset "windows-1251"; a{}', 'css'],
  ])('reads what %s says of itself: %s', (contentType, start, from) => {
    expect(detect(iconv.encode(`${start}Привет`, 'windows-1251'), contentType)).toBe(`windows-1251 by ${from}`)
  })

  test('believes the header before a declaration in the body', () => {
    expect(detect(utf8('<meta charset=koi8-r>é'), 'text/html; charset=utf-8')).toBe('utf-8 by header')
  })

  test('takes utf-16 in an ASCII-readable declaration for utf-8', () => {
    expect(detect(utf8('<?xml version="1.0" encoding="utf-16"?><a>é</a>'), 'text/xml')).toBe('utf-8 by xml')
  })

  test('knows x-user-defined, which a page itself cannot mean', () => {
    expect(decoderFor('x-user-defined').write(Uint8Array.of(0x41, 0x80, 0xff))).toBe('A\uF780\uF7FF')
    expect(detect(latin1('a\xe9'), 'text/plain; charset=x-user-defined')).toBe('x-user-defined by header')
    expect(detect(latin1('<meta charset=x-user-defined>\xe9'), 'text/html')).toBe('windows-1252 by meta')
  })

  test('does not look for a meta in plain text', () => {
    expect(detect(utf8('use <meta charset=koi8-r> é'), 'text/plain')).toBe('utf-8 by guess')
  })

  test('takes text/* without charset for UTF-8 where it is valid, not for Latin-1', () => {
    expect(detect(utf8('naïve'), 'text/plain')).toBe('utf-8 by guess')
    expect(detect(utf8('plain'), 'text/plain')).toBe('utf-8 by guess')
  })

  test('bears a character cut at the end of the sample, but not at the end of the body', () => {
    const cut = utf8('a long enough text …').subarray(0, -1)

    expect(detect(cut, 'text/plain', false)).toBe('utf-8 by guess')
    expect(detect(cut, 'text/plain', true)).toBe('windows-1252 by default')
  })

  test('looks at no more than the sample', () => {
    const bytes = Buffer.concat([Buffer.alloc(SAMPLE_BYTES, 'a'), latin1('\xe9')])

    expect(detect(bytes, '', true)).toBe('utf-8 by guess')
  })

  test.each([
    ['shift_jis', 'こんにちは世界。これは日本語の文章です。'],
    ['euc-jp', 'こんにちは世界。これは日本語の文章です。'],
    ['gb18030', '你好，世界。这是一个简单的中文句子，用来测试编码。'],
    ['big5', '你好，世界。這是一個簡單的中文句子，用來測試編碼。'],
    ['euc-kr', '안녕하세요 세계. 이것은 한국어 문장입니다.'],
    ['windows-1251', 'Привет, мир! Это обычный русский текст, в котором достаточно слов для проверки.'],
  ])('guesses %s from a sentence', (encoding, text) => {
    expect(detect(iconv.encode(text, encoding), 'text/plain')).toBe(`${encoding} by guess`)
  })

  test('guesses UTF-16 without a mark, and ISO-2022-JP by its escapes', () => {
    expect(detect(iconv.encode('Plain English text', 'utf-16le'))).toBe('utf-16le by guess')
    expect(detect(iconv.encode('Plain English text', 'utf-16be'))).toBe('utf-16be by guess')
    // U+4E16 has a low byte that would be a control character.
    expect(detect(iconv.encode('0 Grüße, 世界 and more', 'utf-16le'))).toBe('utf-16le by guess')
    expect(detect(iconv.encode('Plain text 𠀀', 'utf-32le'))).toBe('utf-32le by guess')
    expect(detect(iconv.encode('<?xml version="1.0"?><a/>', 'utf-32be'), 'application/xml')).toBe('utf-32be by guess')
    expect(detect(latin1('\x1b$B$3$s\x1b(B'))).toBe('iso-2022-jp by guess')
  })

  test('does not guess from a few bytes', () => {
    expect(detect(latin1('caf\xe9'), 'text/plain')).toBe('windows-1252 by default')
  })

  test('calls an empty body utf-8 by default', () => {
    expect(detect(new Uint8Array(), 'text/plain; charset=koi8-r')).toBe('utf-8 by default')
  })

  test('answers for any bytes with an encoding it can decode', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('', 'text/html', 'application/json'),
        fc.boolean(),
        (bytes, type, complete) => {
          const decoder = decoderFor(detectEncoding(bytes, type, complete).encoding)
          expect(typeof (decoder.write(bytes) + decoder.end())).toBe('string')
        },
      ),
    )
  })
})

describe('decoderFor', () => {
  const text = 'Größe 你好 🎉 Ж — end'

  test.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be', 'gb18030'])('decodes %s cut anywhere', (encoding) => {
    const bytes = iconv.encode(text, encoding)
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const decoder = decoderFor(encoding)
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        const parts = at.slice(1).map((end, index) => decoder.write(bytes.subarray(at[index], end)))
        expect(parts.join('') + decoder.end()).toBe(text)
      }),
    )
  })

  test('leaves the mark out and replaces what means nothing', () => {
    const decoder = decoderFor('utf-8')

    expect(decoder.write(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff)) + decoder.write(Uint8Array.of(0xe2, 0x82)) + decoder.end()).toBe(
      'a\ufffd\ufffd',
    )
  })

  test('decodes the upper controls of windows-1252 as browsers do', () => {
    expect(decoderFor('ISO-8859-1').write(Uint8Array.of(0x80, 0x93, 0xe9))).toBe('€“é')
  })

  test('refuses an unknown name with a clear error', () => {
    expect(() => decoderFor('klingon')).toThrow(
      expect.objectContaining({ kind: 'InvalidOption', message: 'There is no text encoding named “klingon”.' }) as Error,
    )
  })
})

describe('encodingEvidence', () => {
  const said = (body: string | Uint8Array, contentType: string) =>
    [...encodingEvidence(typeof body === 'string' ? Buffer.from(body) : body, contentType, true)].map(({ from, encoding, label }) => [
      from,
      encoding,
      label,
    ])

  test('asks every source, the one that is believed most first', () => {
    expect(said('\ufeff<meta charset="koi8-r"><p>é', 'text/html; charset=Latin-1')).toEqual([
      ['bom', 'utf-8', null],
      ['header', 'windows-1252', 'Latin-1'],
      ['json', null, null],
      ['xml', null, null],
      ['meta', 'koi8-r', 'koi8-r'],
      ['guess', 'utf-8', null],
      ['default', 'windows-1252', null],
    ])
  })

  test('says what stands in a header that names no encoding', () => {
    expect(said('{}', 'application/json; charset=none-such')).toContainEqual(['header', null, 'none-such'])
  })

  test('tells how sure the guess is, also where it is not believed', () => {
    const guessOf = (text: string) =>
      [...encodingEvidence(iconv.encode(text, 'windows-1251'), 'text/plain', true)].find(({ from }) => from === 'guess')

    expect(guessOf('Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью.')).toMatchObject(
      {
        encoding: 'windows-1251',
        note: expect.stringMatching(/windows-1251 \d+%/),
      },
    )
    expect(guessOf('Ёж')).toMatchObject({ encoding: null, note: 'too few bytes beyond ASCII to tell' })
  })

  test('the first that names one is what a body is read in', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    )
    const types = fc.constantFrom('', 'text/html', 'text/css; charset=utf-8', 'application/json', 'text/plain; charset=nope')
    fc.assert(
      fc.property(bytes, types, fc.boolean(), (body, type, complete) => {
        const first = [...encodingEvidence(body, type, complete)].find(({ encoding }) => encoding !== null)

        expect(detectEncoding(body, type, complete)).toEqual({ encoding: first?.encoding, from: first?.from })
      }),
    )
  })
})
