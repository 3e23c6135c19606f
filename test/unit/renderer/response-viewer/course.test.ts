import { expect, test } from 'vitest'
import type { Attempt, Hop } from '../../../../src-main/contract/model/exchange.ts'
import { courseOf, kindWord } from '../../../../src-renderer/features/response-viewer/course.ts'
import { resumeOf } from '../../../../src-renderer/features/response-viewer/error-details.ts'
import { redirectsOf, sectionsOf, tokensOf, type ExchangePart } from '../../../../src-renderer/features/response-viewer/exchange-part.ts'
import { refusedExchange } from '../../../../src-renderer/lib/refused-exchange.ts'
import { errorOf } from '../../../support/renderer-kit.ts'

const { timings } = refusedExchange(errorOf('Bug'))
const last: ExchangePart = { request: null, response: null, timings, connection: null }
// Only what a course reads of a hop.
const hop = (at: number, kind: Hop['kind']): Hop => ({ ...last, at, kind, because: `${kind}!`, dropped: [] }) as unknown as Hop
const attempt = (at: number, waited: number): Attempt => ({ ...last, number: 1, at, waited, reason: '503', error: null })

test('the course has tries and hops in the order they took, and the last answer at the end', () => {
  const error = errorOf('RetryError')

  const course = courseOf(last, { history: [hop(20, 'redirect'), hop(60, 'challenge')], attempts: [attempt(0, 5), attempt(40, 7)], error })

  expect(course.map(({ kind, because, waited }) => [kind, because, waited])).toEqual([
    ['retry', '503', 5],
    ['redirect', 'redirect!', 0],
    ['retry', '503', 7],
    ['challenge', 'challenge!', 0],
    ['last', '', 0],
  ])
  expect(course.at(-1)?.error).toBe(error)
})

test('parts of an upload are no redirects, nor is what got the access token, though it is shown there', () => {
  const history = [hop(0, 'token'), hop(1, 'part'), hop(2, 'redirect'), hop(3, 'challenge')]
  const sections = sectionsOf(last, { history: history.slice(0, 1), attempts: [], error: null })

  expect(redirectsOf(history).map(({ kind }) => kind)).toEqual(['redirect', 'challenge'])
  expect(tokensOf(history).map(({ kind }) => kind)).toEqual(['token'])
  expect(sections[0]).toMatchObject({ id: 'redirects', badge: 0 })
})

test('a tunnel that a proxy refused is called one, and its question who is there a challenge', () => {
  // Only what the word depends on.
  const connect = (status: number): ExchangePart => ({ ...last, request: { method: 'CONNECT' }, response: { status } }) as ExchangePart

  expect([403, 407].map((status) => kindWord('challenge', connect(status)))).toEqual(['tunnel', 'challenge'])
  expect(kindWord('challenge', last)).toBe('challenge')
})

test('attempts can be looked at although nothing was sent in the end', () => {
  const sections = sectionsOf(last, { history: [], attempts: [attempt(0, 0)], error: null })

  expect(sections.map(({ id }) => id)).toEqual(['timing'])
})

test('where a connection did not come about, its times can be looked at; where nothing was tried, nothing can', () => {
  const sections = (connect: number): readonly string[] =>
    sectionsOf(
      { ...last, timings: { ...timings, connect, total: 1 + connect } },
      { history: [], attempts: [], error: errorOf('ConnectTimeout') },
    ).map(({ id }) => id)

  expect([sections(700), sections(0)]).toEqual([['timing'], []])
})

test('an error that can be gone on from says where', () => {
  expect(resumeOf({ part: 3, of: 5, resumeFrom: 3 })).toEqual({ from: 3, of: 5 })
  expect(resumeOf({ part: 3, of: 5, resumeFrom: 3, partsOf: 'v' })).toEqual({ from: 3, of: 5, partsOf: 'v' })
  expect([resumeOf(undefined), resumeOf({ resumeFrom: '3', of: 5 })]).toEqual([null, null])
})
