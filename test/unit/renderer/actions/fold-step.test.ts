import { describe, expect, test } from 'vitest'
import { BodyIdSchema } from '#contract/model/ids.ts'
import { foldStep } from '../../../../src-renderer/actions/fold-step.ts'
import { BEGUN, type SendingState } from '../../../../src-renderer/stores/exchanges-store.ts'

const START: SendingState = { ...BEGUN, since: 0 }
type Step = Parameters<typeof foldStep>[1]

const ANSWER: Extract<Step, { kind: 'responseHead' }> = {
  kind: 'responseHead',
  status: 200,
  reason: 'OK',
  url: 'http://x',
  bodyBytes: null,
  httpVersion: '1.1',
  headers: [['Content-Type', 'text/plain']],
  arrivingId: BodyIdSchema.parse('a'.repeat(64)),
  limits: { read: 30_000, total: null },
}
const fold = (...steps: readonly Step[]): SendingState => steps.reduce((state, step) => foldStep(state, step, 1000), START)

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
    const steps: Step[] = [ANSWER, { kind: 'bodyReceived', bytes: 7, total: null }]
    expect(fold(...steps)).toMatchObject({ phase: 'Receiving 200 OK', download: { bytes: 7, total: null } })
  })

  test('the head of an answer is there until another request follows', () => {
    const { kind: _kind, ...head } = ANSWER

    expect(fold(HEAD, ANSWER, { kind: 'bodyReceived', bytes: 7, total: null }).head).toEqual(head)
    expect(fold(HEAD, ANSWER, { kind: 'redirect', status: 302, url: 'http://y' }).head).toBeNull()
    expect(fold(HEAD, ANSWER, { kind: 'challenge', status: 401, url: 'http://y' }).head).toBeNull()
    expect(fold(HEAD, ANSWER, HEAD).head).toBeNull()
  })

  test('a redirect begins anew', () => {
    expect(fold(HEAD, { kind: 'redirect', status: 302, url: 'http://y' })).toMatchObject({
      phase: 'Following 302 to http://y',
      upload: null,
    })
  })

  test('a status without a reason has no space after it', () => {
    expect(fold({ ...ANSWER, reason: '' }).phase).toBe('Receiving 200')
  })

  test('a wait before a retry says which attempt comes and why, until anything else happens', () => {
    const wait: Step = { kind: 'retryWait', number: 1, attempt: 2, of: 4, waitMs: 2000, reason: '503 Service Unavailable' }

    expect(fold(HEAD, wait).waiting).toEqual({ attempt: 2, of: 4, reason: '503 Service Unavailable', waitMs: 2000, since: 1000 })
    expect(fold(HEAD, wait, { kind: 'connected', reused: true }).waiting).toBeNull()
    expect(fold(HEAD, ANSWER, wait).head).toMatchObject({ status: 200 })
  })

  test('a redirect to decide on stands until it is decided', () => {
    const next = { method: 'GET', url: 'http://y/', headers: [], bodyBytes: null }
    const paused: Step = { kind: 'paused', status: 302, url: 'http://x/', next }

    expect(fold(HEAD, paused).paused).toEqual(paused)
    expect(fold(HEAD, ANSWER, { kind: 'bodyReceived', bytes: 7, total: null }, paused)).toMatchObject({
      upload: null,
      download: { bytes: 7 },
      head: { status: 200 },
    })
    expect(fold(HEAD, paused, { kind: 'redirect', status: 302, url: 'http://y/' }).paused).toBeNull()
  })

  test('the upload of a file in parts counts over all of them', () => {
    const part: Step = { kind: 'part', number: 2, of: 3, sentBefore: 100, totalBytes: 300, partsOf: 'v' }

    expect(fold(part, HEAD)).toMatchObject({ phase: 'Sending part 2 of 3', upload: { bytes: 100, total: 300 } })
    expect(fold(part, HEAD, { kind: 'bodySent', bytes: 100, total: 100 })).toMatchObject({
      phase: 'Waiting for the answer to part 2 of 3',
      upload: { bytes: 200, total: 300 },
    })
  })

  test('an open WebSocket is connected, with nothing on its way down', () => {
    const open = fold(HEAD, ANSWER, { kind: 'opened', protocol: 'chat', isCompressed: true })

    expect(open).toMatchObject({ phase: 'Connected', download: null, socket: { protocol: 'chat', isCompressed: true } })
    expect(open.head).not.toBeNull()
  })
})
