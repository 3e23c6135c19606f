import { describe, expect, test } from 'vitest'
import { BodyIdSchema } from '#contract/model/ids.ts'
import { viewToShow, viewsOf, whyNoBody } from '../../../../src-renderer/features/response-viewer/body-choice.ts'
import { response } from '../../../support/exchanges.ts'

describe('viewToShow', () => {
  test('opens what suits the content', () => {
    expect(viewToShow('text', 'json', null)).toBe('pretty')
    expect(viewToShow('text', 'html', null)).toBe('pretty')
    expect(viewToShow('image', 'image', null)).toBe('preview')
    expect(viewToShow('media', 'multipart', null)).toBe('preview')
    expect(viewToShow('binary', 'binary', null)).toBe('hex')
  })

  test('keeps a picked view for content of the same class only', () => {
    expect(viewToShow('text', 'html', { view: 'raw', content: 'text' })).toBe('raw')
    expect(viewToShow('image', 'image', { view: 'raw', content: 'text' })).toBe('preview')
  })

  test('does not keep a view that is not offered', () => {
    expect(viewToShow('image', 'image', { view: 'pretty', content: 'image' })).toBe('preview')
    expect(viewToShow('text', 'json', { view: 'text', content: 'text' })).toBe('pretty')
  })
})

test('Preview is offered for what can be drawn or heard, Text for markup, Pretty not for what is no text', () => {
  expect(viewsOf('text')).toEqual(['pretty', 'raw', 'hex'])
  expect(viewsOf('html')).toEqual(['pretty', 'raw', 'tree', 'text', 'preview', 'hex'])
  expect(viewsOf('svg')).toEqual(['pretty', 'raw', 'tree', 'text', 'preview', 'hex'])
  expect(viewsOf('xml')).toEqual(['pretty', 'raw', 'tree', 'text', 'hex'])
  for (const kind of ['image', 'pdf', 'audio', 'video', 'font', 'multipart'] as const)
    expect(viewsOf(kind)).toEqual(['raw', 'preview', 'hex'])
  expect(viewsOf('binary')).toEqual(['raw', 'hex'])
})

test('Tree is offered for what has one', () => {
  expect(viewsOf('json')).toEqual(['pretty', 'raw', 'tree', 'hex'])
  expect(viewsOf('text')).not.toContain('tree')
})

describe('whyNoBody', () => {
  test('is null where there is a body', () => {
    expect(whyNoBody('GET', response({ bodyId: BodyIdSchema.parse('a'.repeat(64)), bodyBytes: 3 }))).toBeNull()
  })

  test.each([
    ['HEAD', response({}), /HEAD/],
    ['GET', response({ status: 204 }), /204/],
    ['GET', response({ status: 304 }), /304/],
    ['GET', response({ headers: [['Content-Length', '0']] }), /Content-Length is 0/],
    ['GET', response({ status: 302, headers: [['Location', '/next']] }), /leads on/],
    ['GET', response({ wireBytes: 20 }), /nothing of it could be kept/],
    ['GET', response({}), /then nothing/],
  ] as const)('names the reason for %s', (method, answer, expected) => {
    expect(whyNoBody(method, answer)).toMatch(expected)
  })
})
