import { describe, expect, test } from 'vitest'
import {
  classOfContent,
  essenceOf,
  headerValue,
  imageType,
  isDeclared,
} from '../../../../src-renderer/features/response-viewer/media-type.ts'

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])

describe('classOfContent', () => {
  test.each([
    ['application/json', ascii('{}'), 'text'],
    ['application/problem+json; charset=utf-8', ascii('{}'), 'text'],
    ['text/html', ascii('<p>'), 'text'],
    ['image/png', PNG, 'image'],
    ['image/svg+xml', ascii('<svg/>'), 'image'],
    ['image/tiff', new Uint8Array([0x49, 0x49]), 'binary'],
    ['application/pdf', ascii('%PDF-1.7'), 'binary'],
    ['video/mp4', ascii('....'), 'binary'],
    ['application/x-unheard-of', ascii('plain words'), 'text'],
    ['application/x-unheard-of', new Uint8Array([1, 2, 3]), 'binary'],
  ] as const)('%s is %s', (type, head, expected) => {
    expect(classOfContent(type, head)).toBe(expected)
  })

  test('a type that says nothing is decided by the bytes', () => {
    expect(classOfContent('', ascii('{"a":1}'))).toBe('text')
    expect(classOfContent('application/octet-stream', PNG)).toBe('image')
    expect(classOfContent('application/octet-stream', new Uint8Array([0, 1, 2]))).toBe('binary')
  })

  test('text/plain is believed only where the bytes can be text', () => {
    expect(classOfContent('text/plain', ascii('hello\r\n\tworld\x1b[0m'))).toBe('text')
    expect(classOfContent('text/plain', new Uint8Array([0x50, 0x4b, 3, 4]))).toBe('binary')
    expect(classOfContent('text/plain', PNG)).toBe('image')
  })

  test('UTF-16 that says so is text although it holds zeros', () => {
    expect(classOfContent('', new Uint8Array([0xff, 0xfe, 0x41, 0, 0x42, 0]))).toBe('text')
    expect(classOfContent('text/plain; charset=UTF-16LE', new Uint8Array([0x41, 0, 0x42, 0]))).toBe('text')
  })
})

test('isDeclared is false exactly where bytes could decide otherwise', () => {
  expect(['application/json', 'text/html', 'image/png', 'video/mp4', 'application/pdf'].map(isDeclared)).toEqual(Array(5).fill(true))
  expect(['', 'text/plain', 'application/octet-stream', 'application/x-unheard-of'].map(isDeclared)).toEqual(Array(4).fill(false))
})

test('imageType trusts the declared type, else the signature', () => {
  expect(imageType('image/webp; q=1', PNG)).toBe('image/webp')
  expect(imageType('application/octet-stream', PNG)).toBe('image/png')
})

test('essenceOf and headerValue ignore case and parameters', () => {
  expect(essenceOf(' Text/HTML ;charset=x')).toBe('text/html')
  expect(
    headerValue(
      [
        ['X-A', '1'],
        ['CONTENT-type', 'a/b'],
        ['content-type', 'c/d'],
      ],
      'content-type',
    ),
  ).toBe('a/b')
  expect(headerValue([], 'content-type')).toBe('')
})
