import { describe, expect, test } from 'vitest'
import { readDetails, visibleText } from '../../../../src-renderer/features/response-viewer/error-details.ts'

const CERTIFICATE = { subject: 'a', issuer: 'b', validFrom: 'x', validTo: 'y', fingerprint256: 'AB', altNames: null }

describe('readDetails', () => {
  test('shows the bytes that came as text and as hex, and says how many there were', () => {
    const { received, facts } = readDetails({
      code: 'HPE_INVALID_CONSTANT',
      received: 'SSH',
      receivedBase64: Buffer.from('SSH-2.0\r\n\xff', 'latin1').toString('base64'),
      receivedBytes: 4000,
    })

    expect(received).toMatchObject({ text: 'SSH-2.0\\r\n\\xff', total: 4000, shown: 10 })
    expect(received?.hex).toContain('53 53 48 2d')
    expect(facts).toEqual([['Error code', 'HPE_INVALID_CONSTANT']])
  })

  test('takes certificates only where they are some', () => {
    expect(readDetails({ certificates: [CERTIFICATE] }).certificates).toEqual([CERTIFICATE])
    expect(readDetails({ certificates: 'none' }).certificates).toEqual([])
  })

  test('writes other values out and leaves empty ones away', () => {
    expect(readDetails({ phase: 'dns', tries: [1, 2], nothing: null }).facts).toEqual([
      ['Phase', 'DNS look-up'],
      ['tries', '[1,2]'],
    ])
    expect(readDetails(undefined)).toEqual({ received: null, certificates: [], facts: [] })
  })
})

test('visibleText leaves no byte unseen', () => {
  expect(visibleText(new Uint8Array([0x41, 0x09, 0x0a, 0x0d, 0x00, 0x7f, 0xe9]))).toBe('A\t\n\\r\\x00\\x7f\\xe9')
})
