import { describe, expect, test } from 'vitest'
import { withOptionAt } from '../../../../src-renderer/forms/option-edits.ts'

describe('withOptionAt', () => {
  test('sets an option, and one inside a table', () => {
    expect(withOptionAt({ http2: true }, 'verify', false)).toEqual({ http2: true, verify: false })
    expect(withOptionAt({ timeout: { read: 5 } }, 'timeout.connect', 2)).toEqual({ timeout: { read: 5, connect: 2 } })
  })

  test('null is a value: no limit', () => {
    expect(withOptionAt({}, 'timeout.read', null)).toEqual({ timeout: { read: null } })
  })

  test('takes an option out, and the table that it leaves empty', () => {
    expect(withOptionAt({ http2: true, lenient: true }, 'http2', undefined)).toEqual({ lenient: true })
    expect(withOptionAt({ timeout: { read: 5 } }, 'timeout.read', undefined)).toEqual({})
    expect(withOptionAt({ tls: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' } }, 'tls.minVersion', undefined)).toEqual({
      tls: { maxVersion: 'TLSv1.3' },
    })
  })
})
