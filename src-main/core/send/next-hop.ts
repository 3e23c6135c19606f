/** What follows an answer by itself: the answer to a challenge, or where a redirect leads. Nothing is sent or kept here. */
import type { DroppedHeader, ExchangeStep, ReceivedResponse } from '#contract/model/exchange.ts'
import { CoreError } from '../lib/core-error.ts'
import { withCredentials } from '../prepare/head.ts'
import { optionDetails, placeOfOption } from '../prepare/option-origins.ts'
import type { AuthAnswer, AuthFlow, Policy, PreparedRequest } from '../prepare/prepared-request.ts'
import type { Course } from './course.ts'
import { followRedirect, isRedirect, maskedLocation, withAnswerCookies } from './redirects.ts'
import { headerValues } from './response-body.ts'
import type { HopRecord } from './run-hop.ts'
import type { SessionCookies } from './session-cookies.ts'

/** What follows: nothing, or another hop and why. */
export type Next =
  | { readonly kind: 'stop'; readonly error: CoreError | null }
  | {
      readonly kind: 'redirect' | 'challenge'
      readonly request: PreparedRequest
      readonly because: string
      readonly dropped: readonly DroppedHeader[]
      readonly step: ExchangeStep
      /** To be said where it is really followed. */
      readonly warnings: readonly string[]
    }

type CookiesFor = SessionCookies['cookiesFor']

/** The same request with an answer to the server's challenge; null where there is nothing to answer or no way to. */
export function challengeNext(
  current: PreparedRequest,
  record: HopRecord,
  course: Course,
  cookiesFor: CookiesFor,
): Promise<Next | null> | null {
  const { response } = record
  if (!response || (record.error && !isOfBody(record.error))) return null
  const isAskedByProxy = response.status === 407
  const isToldByProxy = isAskedByProxy || headerValues(response.headers, 'proxy-authentication-info').length > 0
  const own = isAskedByProxy ? null : current.flow
  const flows = [...(isToldByProxy ? [course.proxyFlow] : []), ...(own ? [own] : [])]
  return flows.length === 0 ? null : answerBy(flows, current, response, course, cookiesFor)
}

async function answerBy(
  flows: readonly AuthFlow[],
  current: PreparedRequest,
  response: ReceivedResponse,
  course: Course,
  cookiesFor: CookiesFor,
): Promise<Next | null> {
  const header = (name: string): readonly string[] => headerValues(response.headers, name)
  let answer: AuthAnswer | null = null
  for (const flow of flows) answer ??= await flow.respond(current, { status: response.status, header })
  if (answer === null) return null
  if (answer.kind === 'refused') {
    course.warnings.add(answer.warning)
    return null
  }
  const { name, value } = answer.header
  const fresh = withAnswerCookies(current, cookiesFor)
  const headers = withCredentials(fresh, [{ name, value, source: 'auth' }], current.policy.rules)
  const step = { kind: 'challenge', status: response.status, url: current.url.href } as const
  return { kind: 'challenge', request: { ...current, headers }, because: answer.because, dropped: [], step, warnings: [] }
}

/** Where a redirect leads, as far as redirects are followed; else the end. */
export function redirectNext(current: PreparedRequest, record: HopRecord, course: Course, cookiesFor: CookiesFor): Next {
  const { response, location } = record
  const stop: Next = { kind: 'stop', error: record.error }
  if (!response || !isRedirect(response.status, location) || !current.policy.followRedirects) return stop
  if (record.error && !isOfBody(record.error)) return stop
  if (course.redirects >= current.policy.maxRedirects) return { kind: 'stop', error: tooMany(current.policy, location) }
  try {
    const redirect = followRedirect({ first: course.first, current, status: response.status, location, cookiesFor })
    if (!redirect) return stop
    const { request } = redirect
    const { href } = request.url
    const { status } = response
    // The body of a redirect is of no use to anyone, so a fault in it does not stop the way.
    const warnings = [...(record.error ? [record.error.message] : []), ...redirect.warnings]
    const step = { kind: 'redirect', status, url: href } as const
    return { kind: 'redirect', request, because: `${status} to ${href}`, dropped: redirect.dropped, step, warnings }
  } catch (error) {
    if (error instanceof CoreError) return { kind: 'stop', error }
    throw error
  }
}

function isOfBody(error: CoreError): boolean {
  return error.kind === 'ContentDecodingError' || error.kind === 'ChunkedEncodingError'
}

function tooMany({ maxRedirects: limit, origins }: Policy, location: string): CoreError {
  const shown = maskedLocation(location)
  const place = placeOfOption(origins, 'maxRedirects')
  const hint =
    limit === 0
      ? `The answer leads on to ${shown}, and the limit is 0. Turn off Follow redirects to take the answer as it is, or raise the limit ${place}.`
      : `The last answer leads on to ${shown}. See under Redirects whether they go in a circle, or raise the limit ${place}.`
  return new CoreError('TooManyRedirects', 'receive', `Exceeded ${limit} redirects.`, {
    hint,
    details: { limit, location: shown, ...optionDetails(origins, 'maxRedirects') },
  })
}
