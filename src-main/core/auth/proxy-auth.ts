/**
 * Answers a proxy that asks who we are (407). Basic was sent unasked with the credentials of the proxy's URL, so what is
 * left to answer is Digest.
 *
 * @see RFC 9110 §11.7
 */
import type { AuthFlow, PreparedRequest } from '../prepare/prepared-request.ts'
import type { ProxyUrl } from '../prepare/proxy-url.ts'
import { forwardingProxy, routeTo } from '../prepare/route-policy.ts'
import { parseChallenges } from './challenges.ts'
import { createDigestMemory } from './digest-memory.ts'
import { digestFlow, PROXY, type DigestFlow } from './digest.ts'

/** Credentials for one proxy and one address; null where its URL has none. */
export function proxyDigest({ credentials, shown }: ProxyUrl): DigestFlow | null {
  if (!credentials) return null
  const digest = digestFlow(credentials, createDigestMemory(), undefined, PROXY)
  return {
    respond: async (request, response) => {
      if (response.status !== PROXY.status) return null
      const schemes = parseChallenges(response.header(PROXY.challengeHeader)).map(({ scheme }) => scheme)
      if (schemes.includes('basic') && !schemes.includes('digest')) {
        return { kind: 'refused', warning: `The proxy ${shown} did not accept the user name and password of its URL.` }
      }
      return digest.respond(request, response)
    },
  }
}

/** A flow for all hops of one exchange: each goes through the proxy that its own address has. */
export function proxyFlow(): AuthFlow {
  // An answer is bound to the address it was made for, so each address has a flow of its own.
  let flows: Map<PreparedRequest['url'], DigestFlow | null> | null = null
  return {
    respond: async (request, response) => {
      if (response.status !== PROXY.status || request.proxyAuthorization !== null) return null
      const proxy = forwardingProxy(request.url, routeTo(request.url, request.policy.route))
      if (!proxy) return null
      flows ??= new Map()
      const known = flows.get(request.url)
      const flow = known === undefined ? proxyDigest(proxy) : known
      flows.set(request.url, flow)
      if (flow) return flow.respond(request, response)
      return {
        kind: 'refused',
        warning: `The proxy ${proxy.shown} asks who you are. Give its URL a user name and password: ${proxy.scheme}://user:password@host:port.`,
      }
    },
  }
}
