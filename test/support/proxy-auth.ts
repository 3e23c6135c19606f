/** For tests that put a request together by hand: proxies are known nothing of. */
import { createDigestMemory } from '#core/auth/digest-memory.ts'
import { proxyAuthOf } from '#core/auth/proxy-auth.ts'
import { rulesOf } from '#core/prepare/behaviour.ts'
import type { ProxyAuth } from '#core/prepare/prepared-request.ts'

export function newProxyAuth(): ProxyAuth {
  return proxyAuthOf(rulesOf({}), createDigestMemory())
}
