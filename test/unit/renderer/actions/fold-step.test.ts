import { describe, expect, test } from 'vitest'
import { foldStep } from '../../../../src-renderer/actions/fold-step.ts'
import type { SendingState } from '../../../../src-renderer/stores/exchanges-store.ts'

const START: SendingState = { exchangeId: null, since: 0, phase: '', upload: null, download: null }
type Step = Parameters<typeof foldStep>[1]
const fold = (...steps: readonly Step[]): SendingState => steps.reduce(foldStep, START)

const HEAD: Step = { kind: 'requestHead', hop: 0, method: 'POST', url: 'http://x', bodyBytes: 100 }

describe('the state of a send', () => {
  test('an upload begins at nothing and ends in waiting for the answer', () => {
    const begun = fold(HEAD)
    const half = fold(HEAD, { kind: 'bodySent', bytes: 50, total: 100 })
    const sent = fold(HEAD, { kind: 'bodySent', bytes: 100, total: 100 })

    expect(begun).toMatchObject({ phase: 'Sending the body', upload: { bytes: 0, total: 100 } })
    expect(half).toMatchObject({ phase: 'Sending the body', upload: { bytes: 50 } })
    expect(sent).toMatchObject({ phase: 'Waiting for the answer', upload: { bytes: 100 } })
  })

  test('a request without a body has no upload', () => {
    expect(fold({ ...HEAD, bodyBytes: null })).toMatchObject({ phase: 'Waiting for the answer', upload: null })
  })

  test('a download counts towards a length that may be unknown', () => {
    const steps: Step[] = [
      { kind: 'responseHead', status: 200, reason: 'OK', url: 'http://x', bodyBytes: null },
      { kind: 'bodyReceived', bytes: 7, total: null },
    ]
    expect(fold(...steps)).toMatchObject({ phase: 'Receiving 200 OK', download: { bytes: 7, total: null } })
  })

  test('a redirect begins anew', () => {
    expect(fold(HEAD, { kind: 'redirect', status: 302, url: 'http://y' })).toMatchObject({
      phase: 'Following 302 to http://y',
      upload: null,
    })
  })

  test('a status without a reason has no space after it', () => {
    expect(fold({ kind: 'responseHead', status: 200, reason: '', url: 'http://x', bodyBytes: 0 }).phase).toBe('Receiving 200')
  })
})
