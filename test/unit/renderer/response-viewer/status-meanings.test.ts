import { STATUS_CODES } from 'node:http'
import { describe, expect, test } from 'vitest'
import { classOfStatus, meaningOfStatus, statusText } from '../../../../src-renderer/features/response-viewer/status-meanings.ts'

describe('meaningOfStatus', () => {
  test('every status that Node knows has a reason and a sentence of its own', () => {
    for (const code of Object.keys(STATUS_CODES)
      .map(Number)
      .filter((status) => status !== 509)) {
      expect(meaningOfStatus(code).reason, String(code)).not.toBe('')
      expect(meaningOfStatus(code).sentence, String(code)).toMatch(/\.$/)
    }
  })

  test('an unregistered status has the meaning of its class', () => {
    expect(meaningOfStatus(299)).toEqual({ reason: '', sentence: 'The request worked.' })
    expect(meaningOfStatus(999).sentence).toContain('does not define')
  })
})

describe('statusText', () => {
  test("prefers the server's own words", () => {
    expect(statusText({ status: 201, reason: 'Made It' })).toBe('201 Made It')
  })

  test('fills in the reason that HTTP/2 leaves out', () => {
    expect(statusText({ status: 404, reason: '' })).toBe('404 Not Found')
    expect(statusText({ status: 799, reason: '' })).toBe('799')
  })
})

test('classOfStatus goes by the first digit', () => {
  expect([100, 204, 308, 418, 511, 600, 42].map(classOfStatus)).toEqual([
    'information',
    'success',
    'redirect',
    'clientError',
    'serverError',
    'unknown',
    'unknown',
  ])
})
