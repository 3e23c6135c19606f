/**
 * CONNECTs that a proxy refused, as hops: what it was asked and what it said stand before the request that they were made
 * for, with their own times.
 */
import type { Hop } from '#contract/model/exchange.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { parseSetCookie } from './cookie-facts.ts'
import type { RefusedTunnel } from './open-request.ts'
import { createResponseBody, headerValues } from './response-body.ts'

/** @param url the request's own, without a fragment */
export async function tunnelHops(refused: readonly RefusedTunnel[], url: string, bodies: BodyStore): Promise<Hop[]> {
  const hops: Hop[] = []
  let at = 0
  for (const tunnel of refused) {
    hops.push(await hopOf(tunnel, at, url, bodies))
    at += tunnel.timings.total
  }
  return hops
}

async function hopOf({ answer, timings, connection, because }: RefusedTunnel, at: number, url: string, bodies: BodyStore): Promise<Hop> {
  const { asked, status, reason, httpVersion } = answer
  const headers = answer.headers.map(([name, value]): [string, string] => [name, value])
  const body = createResponseBody(bodies, headers)
  if (answer.excerpt.length > 0) await body.receive(answer.excerpt)
  const { error: _error, warnings: _warnings, ...received } = await body.finish()
  const lines = asked.split('\r\n').slice(1)
  return {
    kind: 'challenge',
    at,
    request: {
      method: 'CONNECT',
      url,
      httpVersion: '1.1',
      headers: lines.map((line): [string, string] => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
      head: asked,
      bodyBytes: 0,
      bodyId: null,
    },
    response: {
      url,
      status,
      reason,
      httpVersion,
      headers,
      informational: [],
      trailers: [],
      cookies: headerValues(headers, 'set-cookie').flatMap((line) => parseSetCookie(line) ?? []),
      ...received,
    },
    timings,
    connection,
    because: because ?? `${status}: the proxy opened no tunnel`,
    dropped: [],
  }
}
