import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Exchange, ExchangeStep } from '../../../../src-main/contract/model/exchange.ts'
import type { DraftId } from '../../../../src-main/contract/model/ids.ts'
import { NO_LAYERS } from '../../../../src-main/contract/model/request-defaults.ts'
import { ok } from '../../../../src-main/contract/result.ts'
import { answer } from '../../../../src-renderer/actions/ask.ts'
import { editDocument } from '../../../../src-renderer/actions/edit.ts'
import { seedOf } from '../../../../src-renderer/actions/preview.ts'
import { cancel, connectionLost, exchangeProgressed, goOn, send } from '../../../../src-renderer/actions/send.ts'
import { refusedExchange } from '../../../../src-renderer/lib/refused-exchange.ts'
import { exchangeOf, useExchangesStore } from '../../../../src-renderer/stores/exchanges-store.ts'
import { usePreviewsStore } from '../../../../src-renderer/stores/previews-store.ts'
import { useQuestionsStore } from '../../../../src-renderer/stores/questions-store.ts'
import { deferred, type FakePlatform } from '../../../support/fake-platform.ts'
import { errorOf, exchangeId, freshWindow, openedTab, previewOf, tabNow } from '../../../support/renderer-kit.ts'

let platform: FakePlatform
let id: DraftId
let count = 0

beforeEach(() => {
  vi.useFakeTimers()
  platform = freshWindow()
  platform.answer('exchange.send', { exchangeId: exchangeId('x1') }).answer('exchange.cancel', {})
  count += 1
  id = openedTab(`tab${count}`).draft.id
})

const now = (): ReturnType<ReturnType<typeof exchangeOf>> => exchangeOf(id)(useExchangesStore.getState())
const step = (name: string, what: ExchangeStep): void =>
  exchangeProgressed({ exchangeId: exchangeId(name), draftId: id, at: 0, step: what })
const answered = (name: string): Exchange => ({
  ...refusedExchange(errorOf('Bug')),
  id: exchangeId(name),
  ok: true,
  error: null,
  request: { method: 'GET', url: 'http://x/', httpVersion: 'HTTP/1.1', headers: [], head: '', bodyBytes: 0, bodyId: null },
})

describe('sending', () => {
  test('a request with a problem does not leave, and is recorded; the problem stands in the preview and in the response', async () => {
    const problem = errorOf('MissingSchema')
    platform.answer('request.prepare', previewOf([problem]))

    await send(id)
    step('x1', { kind: 'done', exchange: refusedExchange(problem) })

    expect(platform.inputs('exchange.send')).toMatchObject([{ draftId: id, refusal: problem }])
    expect(usePreviewsStore.getState().byTab[id]?.problems).toEqual([problem])
    expect(now()).toMatchObject({ sending: null, last: { ok: false, error: problem, response: null } })
  })

  test('sends what stood there at Send, with the seed of the preview', async () => {
    editDocument(id, 'url', (document) => ({ ...document, url: 'http://at-send' }))
    const seed = seedOf(id)
    const prepared = deferred<void>()
    platform.answer('request.prepare', async () => {
      await prepared.promise
      return ok(previewOf())
    })

    const sent = send(id)
    editDocument(id, 'url', (document) => ({ ...document, url: 'http://typed-later' }))
    prepared.resolve()
    await sent

    expect(platform.inputs('exchange.send')).toEqual([
      {
        context: { collectionId: null, environment: null, session: null },
        document: expect.objectContaining({ url: 'http://at-send' }),
        nodeId: null,
        seed,
        draftId: id,
      },
    ])
    expect(tabNow(id).draft.document.url).toBe('http://typed-later')
  })

  test('steps that come before the answer with the id are not lost', async () => {
    platform.answer('exchange.send', async () => {
      step('x1', { kind: 'connecting', host: 'example.com', port: 443 })
      return ok({ exchangeId: exchangeId('x1') })
    })

    await send(id)

    expect(now().sending).toMatchObject({ exchangeId: 'x1', phase: 'Connecting to example.com:443' })
  })

  test('the last answer stays until the next one is there', async () => {
    useExchangesStore.getState().set(id, { last: answered('x0') })

    await send(id)
    const during = now().last?.id
    step('x1', { kind: 'done', exchange: answered('x1') })

    expect(during).toBe('x0')
    expect(now()).toMatchObject({ sending: null, last: { id: 'x1' } })
  })

  test('hides in it what the core says, which knows of tokens that were got on the way', async () => {
    await send(id)

    step('x1', { kind: 'done', exchange: answered('x1'), secrets: ['a-token'] })

    expect(now().secrets).toEqual(['a-token'])
  })

  test('takes a new seed once the old one went over the wire', async () => {
    const seed = seedOf(id)
    await send(id)

    step('x1', { kind: 'done', exchange: answered('x1') })

    expect(seedOf(id)).not.toBe(seed)
  })

  test('reads the variables again where the answer set some', async () => {
    platform.answer('variables.list', { variables: [] })
    await send(id)

    step('x1', {
      kind: 'done',
      exchange: { ...answered('x1'), checks: { assertions: [], captured: [], messages: [], tests: [], console: [], faults: [] } },
    })
    await vi.advanceTimersByTimeAsync(500)

    expect(platform.inputs('variables.list')).toHaveLength(1)
  })

  test('steps of an exchange that another window began are not ours', async () => {
    await send(id)

    step('foreign', { kind: 'done', exchange: answered('foreign') })

    expect(now().sending?.exchangeId).toBe('x1')
  })

  test('cancel stops the exchange, and its end is what core says of it', async () => {
    await send(id)

    cancel(id)
    const phase = now().sending?.phase
    step('x1', { kind: 'done', exchange: { ...answered('x1'), ok: false, error: errorOf('Cancelled') } })

    expect(phase).toBe('Cancelling')
    expect(platform.inputs('exchange.cancel')).toEqual([{ exchangeId: 'x1' }])
    expect(now()).toMatchObject({ sending: null, last: { error: { kind: 'Cancelled' } } })
  })

  test('cancelled before the core has answered, it ends at once and the exchange is stopped when it is known', async () => {
    const started = deferred<void>()
    platform.answer('exchange.send', async () => {
      await started.promise
      return ok({ exchangeId: exchangeId('late') })
    })
    const sent = send(id)
    await vi.advanceTimersByTimeAsync(0)

    cancel(id)
    const ended = now()
    started.resolve()
    await sent

    expect(ended).toMatchObject({ sending: null, last: { error: { kind: 'Cancelled' } } })
    expect(platform.inputs('exchange.cancel')).toEqual([{ exchangeId: 'late' }])
  })

  test('sending again cancels the one under way, whose end is then not shown', async () => {
    await send(id)
    platform.answer('exchange.send', { exchangeId: exchangeId('x2') })

    await send(id)
    step('x1', { kind: 'done', exchange: answered('x1') })

    expect(platform.inputs('exchange.cancel')).toEqual([{ exchangeId: 'x1' }])
    expect(now().sending?.exchangeId).toBe('x2')
  })

  test('goes on from a redirect it stands at once, however often that is asked for', async () => {
    platform.answer('exchange.continue', {})
    await send(id)
    goOn(id)
    step('x1', { kind: 'paused', status: 302, url: 'http://x/', next: { method: 'GET', url: 'http://y/', headers: [], bodyBytes: null } })

    goOn(id, true)
    goOn(id, true)

    expect(platform.inputs('exchange.continue')).toEqual([{ exchangeId: 'x1', all: true }])
    expect(now().sending?.paused).toBeNull()
  })

  test('an upload in parts is gone on with from the part that is asked for', async () => {
    await send(id, 3)

    expect(platform.inputs('exchange.send')).toMatchObject([{ fromPart: 3 }])
  })

  test('a host that goes away while sending is said as such', async () => {
    await send(id)

    connectionLost()

    expect(now()).toMatchObject({ sending: null, last: { error: { kind: 'Unavailable' } } })
  })

  test('of an upload in parts it leaves the part to go on from', async () => {
    await send(id)
    step('x1', { kind: 'part', number: 3, of: 5, sentBefore: 0, totalBytes: 9, partsOf: 'v1' })

    connectionLost()

    expect(now().last?.error).toMatchObject({ kind: 'Unavailable', details: { resumeFrom: 3, of: 5, partsOf: 'v1' } })
  })
})

describe('variables that are asked for', () => {
  const ASKED = { name: 'otp', secret: true, origin: { layer: 'request' as const } }
  const unasked = { kind: 'UndefinedVariable' as const, stage: 'prepare' as const, message: 'Asked for.', details: { ask: 'otp' } }
  const question = () => {
    const [first] = useQuestionsStore.getState().waiting
    if (first?.kind !== 'values') throw new Error('Nothing is asked.')
    return first
  }
  beforeEach(() => {
    platform.answer('request.prepare', ({ context }) => {
      const otp = context?.given?.['otp']
      const wrong = { kind: 'InvalidVariable' as const, stage: 'prepare' as const, message: 'Too short.', details: { variable: 'otp' } }
      const problems = otp === undefined ? [unasked] : otp.length < 3 ? [wrong] : []
      return ok({ ...previewOf(problems), layers: { ...NO_LAYERS, asks: [ASKED], secrets: otp === undefined ? [] : [otp] } })
    })
  })

  test('are asked before it is sent, checked in core’s words, and go with this send alone', async () => {
    const { draft } = openedTab('asks')
    const sent = send(draft.id)
    await vi.waitFor(() => question())
    const asked = question()

    expect(await asked.check({ otp: '1' })).toEqual({ otp: 'Too short.' })
    expect(await asked.check({ otp: '123' })).toEqual({})
    const whileAsked = useExchangesStore.getState().byTab[draft.id]?.sending
    await vi.advanceTimersByTimeAsync(5_000)
    const answeredAt = performance.now()
    answer(asked, { otp: '123' })
    await sent

    expect(whileAsked).toBeNull()
    expect(useExchangesStore.getState().byTab[draft.id]?.sending?.since).toBe(answeredAt)
    expect(platform.inputs('exchange.send')[0]?.context?.given).toEqual({ otp: '123' })
    expect(usePreviewsStore.getState().byTab[draft.id]).toMatchObject({ problems: [], layers: { secrets: [] } })
  })

  test('not answered, nothing is sent and what was shown stays', async () => {
    const { draft } = openedTab('asks-not')
    const sent = send(draft.id)
    await vi.waitFor(() => question())

    answer(question(), null)
    await sent

    expect(platform.inputs('exchange.send')).toEqual([])
    expect(useExchangesStore.getState().byTab[draft.id]).toMatchObject({ sending: null, last: null })
  })
})
