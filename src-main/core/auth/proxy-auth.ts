/**
 * Says to proxies who we are: Basic with the credentials of the proxy's URL until one asks for Digest (407), and from then
 * on Digest ahead, with a nonce count that rises over all exchanges of this process. A proxy that asked for Digest is not
 * sent Basic again, also where it refused what it was told.
 *
 * @see RFC 9110 §11.7; RFC 7616 §3.6
 */
import type { AuthFlow, PreparedRequest, ProxyAuth } from '../prepare/prepared-request.ts'
import type { BehaviourRules } from '../prepare/behaviour-rules.ts'
import type { ProxyUrl } from '../prepare/proxy-url.ts'
import { forwardingProxy, routeTo } from '../prepare/route-policy.ts'
import { parseChallenges } from './challenges.ts'
import { createDigestMemory, type DigestMemory } from './digest-memory.ts'
import { digestFlow, PROXY, type DigestFlow } from './digest.ts'

/** @param known what proxies have asked for; what requests and curl send does not go by it: each exchange learns anew there */
export function proxyAuthOf({ credentials }: BehaviourRules, known: DigestMemory): ProxyAuth {
  const memory = credentials.proxyDigest === 'remembered' ? known : null
  return {
    flow: () => proxyFlow(memory),
    tunnel: (proxy, target) => {
      const digest = proxyDigest(proxy, memory)
      const request = { method: 'CONNECT', url: { target }, body: null }
      return (
        digest && {
          ahead: async () => (await digest.ahead(request, 'send'))?.value ?? null,
          respond: (answer) => digest.respond(request, answer),
        }
      )
    },
  }
}

/** Credentials for one proxy and one address; null where its URL has none. */
function proxyDigest({ scheme, host, port, credentials, shown }: ProxyUrl, memory: DigestMemory | null): DigestFlow | null {
  if (!credentials) return null
  const space = JSON.stringify([scheme, host, port, credentials.username])
  const digest = digestFlow(credentials, memory ?? createDigestMemory(), undefined, { ...PROXY, space })
  return {
    ...digest,
    respond: async (request, response) => {
      const isAsked = response.status === PROXY.status
      const schemes = isAsked ? parseChallenges(response.header(PROXY.challengeHeader)).map(({ scheme: name }) => name) : []
      if (schemes.includes('basic') && !schemes.includes('digest')) {
        // It may have asked for Digest before.
        memory?.forget(space)
        return { kind: 'refused', warning: `The proxy ${shown} did not accept the user name and password of its URL.` }
      }
      return digest.respond(request, response)
    },
  }
}

/** A flow for all hops of one exchange: each goes through the proxy that its own address has. */
function proxyFlow(memory: DigestMemory | null): AuthFlow & Required<Pick<AuthFlow, 'sign'>> {
  // An answer is bound to the address it was made for, so each address has a flow of its own.
  let flows: Map<PreparedRequest['url'], DigestFlow | null> | null = null
  const flowFor = ({ url }: PreparedRequest, proxy: ProxyUrl): DigestFlow | null => {
    flows ??= new Map()
    const known = flows.get(url)
    const flow = known === undefined ? proxyDigest(proxy, memory) : known
    flows.set(url, flow)
    return flow
  }
  return {
    sign: async (request, use) => {
      const proxy = memory && proxyOf(request)
      return proxy?.credentials ? (flowFor(request, proxy)?.sign(request, use) ?? request) : request
    },
    respond: async (request, response) => {
      const proxy = proxyOf(request)
      const flow = proxy && flowFor(request, proxy)
      if (flow) return flow.respond(request, response)
      if (!proxy || response.status !== PROXY.status) return null
      return {
        kind: 'refused',
        warning: `The proxy ${proxy.shown} asks who you are. Give its URL a user name and password: ${proxy.scheme}://user:password@host:port.`,
      }
    },
  }
}

/** The proxy that is told who we are by a request itself; null where there is none, or what it is told is typed. */
function proxyOf({ url, policy, proxyAuthorization }: PreparedRequest): ProxyUrl | null {
  return proxyAuthorization === null ? forwardingProxy(url, routeTo(url, policy.route)) : null
}
