/** One request with its answer: the last of an exchange, or one hop before it. Both are shown in the same way. */
import type { WireError } from '#contract/errors.ts'
import type { Connection, Exchange, Hop, ReceivedResponse, SentRequest, Timings } from '#contract/model/exchange.ts'
import type { TabItem } from '../../ui/tab-strip.tsx'
import type { Section } from './view-state.ts'
import { t } from '../../lib/t.ts'

/** What tells of a course; a hop looked at by itself has none. */
export interface CourseFacts {
  readonly history: Exchange['history']
  readonly attempts: Exchange['attempts']
  readonly error: WireError | null
}

export interface ExchangePart {
  readonly request: SentRequest | null
  readonly response: ReceivedResponse | null
  readonly timings: Timings
  readonly connection: Connection | null
}

/** Hops that led to another address or answered a challenge: parts of an upload are no such thing, nor is what got a token. */
export function redirectsOf(history: readonly Hop[]): readonly Hop[] {
  return history.filter(({ kind }) => kind === 'redirect' || kind === 'challenge')
}

/** Hops that got the access token, before the request itself. */
export function tokensOf(history: readonly Hop[]): readonly Hop[] {
  return history.filter(({ kind }) => kind === 'token')
}

function cookiesOf(parts: readonly Pick<ExchangePart, 'response'>[]): number {
  return parts.reduce((sum, { response }) => sum + (response?.cookies.length ?? 0), 0)
}

/** Sections that a part has something to say in, with their counts. A hop itself has no course: null. */
export function sectionsOf(part: ExchangePart, course: CourseFacts | null): readonly TabItem<Section>[] {
  const { request, response } = part
  const redirects = course && redirectsOf(course.history)
  const tokens = course ? tokensOf(course.history).length : 0
  const hasCourse = course !== null && course.history.length + course.attempts.length > 0
  return [
    ...(response === null
      ? []
      : [
          { id: 'body' as const, label: t`Body` },
          { id: 'headers' as const, label: t`Headers`, badge: response.headers.length },
          { id: 'cookies' as const, label: t`Cookies`, badge: cookiesOf([...(redirects ?? []), part]) },
        ]),
    ...(redirects !== null && (response !== null || redirects.length + tokens > 0)
      ? [{ id: 'redirects' as const, label: t`Redirects`, badge: redirects.length }]
      : []),
    // A saved example took no time.
    ...((request !== null && part.timings.total > 0) || reachedOut(part.timings) || hasCourse
      ? [{ id: 'timing' as const, label: t`Timing` }]
      : []),
    ...(request === null ? [] : [{ id: 'request' as const, label: t`Request` }]),
  ]
}

/** Whether something went over the network, though it may not have come to a request. */
function reachedOut({ dns, connect, tls, send, wait }: Timings): boolean {
  return dns + connect + tls + send + wait > 0
}
