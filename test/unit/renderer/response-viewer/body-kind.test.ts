import { describe, expect, test } from 'vitest'
import { natureOf } from '../../../../src-renderer/features/response-viewer/body-kind.ts'

const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const PNG = latin('\x89PNG\r\n\x1a\n\0\0\0\r')
const kindOf = (type: string, head: string | Uint8Array, name = ''): string =>
  natureOf(type, typeof head === 'string' ? latin(head) : head, name).kind
const noteOf = (type: string, head: string): string | null => natureOf(type, latin(head)).note

describe('what the type says', () => {
  test.each([
    ['application/json', '{}', 'json'],
    ['application/problem+json; charset=utf-8', '{}', 'json'],
    ['application/x-ndjson', '{}', 'json'],
    ['text/html', '<p>', 'html'],
    ['application/atom+xml', '<feed/>', 'xml'],
    ['image/svg+xml', '<svg/>', 'svg'],
    ['image/png', PNG, 'image'],
    ['image/tiff', 'II*\0', 'binary'],
    ['application/pdf', '%PDF-1.7', 'pdf'],
    ['video/mp4', '\0\0\0\x18ftypmp42', 'video'],
    ['audio/mpeg', 'ID3\x04\0', 'audio'],
    ['font/woff2', 'wOF2\0', 'font'],
    ['application/font-woff', 'wOFF\0', 'font'],
    ['text/csv; header=present', 'a,b', 'table'],
    ['text/tab-separated-values', 'a\tb', 'table'],
    ['multipart/mixed; boundary=x', '--x\r\n\0\x01', 'multipart'],
    ['application/x-unheard-of', 'plain words', 'text'],
    ['application/x-unheard-of', '\x01\x02\x03', 'binary'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'PK\x03\x04', 'binary'],
  ] as const)('%s is %j', (type, head, expected) => {
    const nature = natureOf(type, typeof head === 'string' ? latin(head) : head)
    expect(nature).toMatchObject({ kind: expected, note: null })
  })

  test('is a PDF where its mark is near the beginning, and said to be none where it is nowhere', () => {
    expect(natureOf('application/pdf', latin('\0rubbish\n%PDF-1.7'))).toMatchObject({ kind: 'pdf', note: null })
    expect(natureOf('application/pdf', latin('\0\x01\x02'))).toMatchObject({
      kind: 'binary',
      note: 'The header says application/pdf; the bytes are no PDF document.',
    })
  })

  test('is believed until the bytes are here', () => {
    expect(natureOf('image/png', null).kind).toBe('image')
    expect(natureOf('text/csv', null).kind).toBe('table')
  })
})

describe('where the type says nothing the bytes tell', () => {
  test.each([
    [PNG, 'image', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image', 'image/jpeg'],
    ['GIF89a\x01\0', 'image', 'image/gif'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'image', 'image/webp'],
    ['\0\0\0\x1cftypavif', 'image', 'image/avif'],
    ['BM\x46\0\0\0\0\0\0\0', 'image', 'image/bmp'],
    ['\0\0\x01\0\x02\0', 'image', 'image/x-icon'],
    ['%PDF-1.4\n', 'pdf', 'application/pdf'],
    ['PK\x03\x04\x14\0', 'binary', 'application/zip'],
    ['\x1f\x8b\x08\0', 'binary', 'application/gzip'],
    ['\0\0\0\x18ftypisom', 'video', 'video/mp4'],
    ['\0\0\0\x18ftypM4A ', 'audio', 'audio/mp4'],
    ['\x1a\x45\xdf\xa3\x01', 'video', 'video/webm'],
    ['ID3\x03\0', 'audio', 'audio/mpeg'],
    ['\xff\xfb\x90\x64', 'audio', 'audio/mpeg'],
    ['RIFF\x10\0\0\0WAVEfmt ', 'audio', 'audio/wav'],
    ['OggS\0\x02', 'audio', 'audio/ogg'],
    ['wOFF\0\x01', 'font', 'font/woff'],
    ['wOF2\0\x01', 'font', 'font/woff2'],
    ['\0\x01\0\0\0\x0f', 'font', 'font/ttf'],
    ['OTTO\0\x0b', 'font', 'font/otf'],
  ] as const)('%j', (head, kind, type) => {
    const bytes = typeof head === 'string' ? latin(head) : head
    expect(natureOf('', bytes)).toMatchObject({ kind, type, note: null })
    expect(natureOf('application/octet-stream', bytes)).toMatchObject({ kind, type, note: null })
  })

  test.each([
    ['{"a":1}', 'json'],
    ['[\n  {"a": 1', 'json'],
    [' []', 'json'],
    ['<!DOCTYPE html><p>', 'html'],
    ['<!-- x -->\n<HTML>', 'html'],
    ['<?xml version="1.0"?><a/>', 'xml'],
    ['<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "a" "b">\n<svg xmlns="x">', 'svg'],
    ['<svg width="1">', 'svg'],
    ['[2024-01-01] started', 'text'],
    ['{{template}}', 'text'],
    ['hello\r\n\tworld\x1b[0m', 'text'],
    ['\xff\xfe\x41\0', 'text'],
    ['\0\x01\x02', 'binary'],
  ])('%j is %s', (head, kind) => {
    expect(kindOf('', head)).toBe(kind)
    expect(kindOf('text/plain', head)).toBe(kind)
  })

  test('UTF-16 that says so is text although it holds zeros', () => {
    expect(kindOf('text/plain; charset=UTF-16LE', 'A\0B\0')).toBe('text')
    expect(kindOf('application/json', '{\0"\0')).toBe('json')
  })

  test.each([
    ['text/plain', 'h\0e\0l\0l\0o\0', 'text'],
    ['text/plain', '\0h\0e\0l\0l\0o', 'text'],
    ['', '{\0"\0a\0"\0:\0[\0]\0}\0', 'json'],
    ['application/octet-stream', '\x05\0\x06\0\x07\0\x08\0', 'binary'],
    ['text/plain', 'h\0\0l\0l\0o\0', 'binary'],
    ['text/plain', '0\0 \0G\0r\0\xfc\0\xdf\0e\0 \0\x16\x4e', 'text'],
    ['text/plain', 'a\0\0\0b\0\0\0c\0\0\0d\0\0\0', 'text'],
    ['', '\0\0\0<\0\0\0s\0\0\0v\0\0\0g\0\0\0>', 'svg'],
    ['', '\x01\0\0\0\x02\0\0\0\x03\0\0\0\x04\0\0\0', 'binary'],
  ])('zeros beside every letter are UTF-16 or UTF-32, other zeros are not text: %s %j', (type, head, kind) => {
    expect(kindOf(type, head)).toBe(kind)
  })

  test('the name of a file tells a table', () => {
    expect(kindOf('text/plain', 'a,b', 'https://h/people.csv?raw=1')).toBe('table')
    expect(kindOf('', 'a\tb', 'people.TSV')).toBe('table')
    expect(kindOf('text/plain', 'a,b', 'https://h/q?file=people.csv')).toBe('text')
    expect(kindOf('text/html', '<p>', 'https://h/people.csv')).toBe('html')
  })
})

describe('where the type lies', () => {
  test('a picture is shown, and it is said so', () => {
    expect(natureOf('text/plain', PNG)).toEqual({
      kind: 'image',
      content: 'image',
      type: 'image/png',
      note: 'The header says text/plain; the bytes are a PNG image.',
    })
    expect(noteOf('image/jpeg', '\x89PNG\r\n\x1a\n')).toBe('The header says image/jpeg; the bytes are a PNG image.')
    expect(noteOf('application/json', 'PK\x03\x04')).toBe('The header says application/json; the bytes are a ZIP archive.')
  })

  test('text under the name of a picture is shown as text', () => {
    expect(natureOf('image/png', latin('{"error":1}'))).toMatchObject({
      kind: 'json',
      note: 'The header says image/png; the bytes are JSON.',
    })
    expect(natureOf('application/pdf', latin('not found'))).toMatchObject({
      kind: 'text',
      note: 'The header says application/pdf; the bytes are text.',
    })
  })

  test('an error page that calls itself JSON is a page', () => {
    expect(natureOf('application/json', latin('<!doctype html><title>502</title>'))).toMatchObject({
      kind: 'html',
      note: 'The header says application/json; the bytes are HTML.',
    })
    expect(natureOf('text/html', latin('{"a":1}')).kind).toBe('json')
    expect(natureOf('text/plain', latin('\0\x01'))).toMatchObject({
      kind: 'binary',
      note: 'The header says text/plain; the bytes are not text.',
    })
  })

  test('another name of the same thing is no lie', () => {
    const pairs: readonly (readonly [string, string])[] = [
      ['image/jpg', '\xff\xd8\xff'],
      ['image/vnd.microsoft.icon', '\0\0\x01\0\x01\0'],
      ['audio/x-wav', 'RIFF\0\0\0\0WAVE'],
      ['audio/mp3', 'ID3\x03\0'],
      ['application/x-gzip', '\x1f\x8b\x08'],
      ['video/ogg', 'OggS\0'],
      ['audio/webm', '\x1a\x45\xdf\xa3'],
      ['application/java-archive', 'PK\x03\x04'],
      ['image/heic', '\0\0\0\x18ftypheic'],
    ]
    expect(pairs.map(([type, head]) => noteOf(type, head))).toEqual(pairs.map(() => null))
  })
})
