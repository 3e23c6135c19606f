/** A prepared request for tests of what signs one. */
import type { PreparedHeader } from '#contract/model/prepared.ts'
import type { PreparedRequest } from '#core/prepare/prepared-request.ts'
import { parseTargetUrl } from '#core/prepare/target-url.ts'
import { newProxyAuth } from './proxy-auth.ts'
import { PLAIN_POLICY } from './policy.ts'

export function preparedRequest(url: string, change: Partial<PreparedRequest> = {}): PreparedRequest {
  return {
    method: 'GET',
    isSocket: false,
    url: parseTargetUrl(url),
    headers: [],
    body: null,
    cookies: [],
    usesJar: true,
    flow: null,
    ambient: null,
    proxyAuthorization: null,
    proxyAuth: newProxyAuth(),
    policy: PLAIN_POLICY,
    policyFor: null,
    parts: null,
    secretParams: [],
    warnings: [],
    ...change,
  }
}

/** Typed header lines, and a Host line of the engine's. */
export function headerLines(host: string, ...typed: readonly (readonly [name: string, value: string])[]): PreparedHeader[] {
  return [{ name: 'host', value: host, source: 'engine' }, ...typed.map(([name, value]) => ({ name, value, source: 'user' as const }))]
}

/** The value of a header; undefined where there is none. */
export function headerOf(request: PreparedRequest | undefined, name: string): string | undefined {
  return request?.headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value
}
