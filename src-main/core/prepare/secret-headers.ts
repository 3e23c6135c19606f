/** Which headers carry what must not be read or passed on by others, judged by their name and where they come from. */
import { isLoopback } from '#contract/model/loopback.ts'
import type { PreparedHeader } from '#contract/model/prepared.ts'
import { isSecretHeaderName } from '#contract/model/secret-names.ts'
import type { TargetUrl } from './url-parts.ts'

const SECRET_SOURCES: ReadonlySet<PreparedHeader['source']> = new Set<PreparedHeader['source']>([
  'auth',
  'url',
  'cookies',
  'netrc',
  'proxy',
])

export function isSecretHeader(header: PreparedHeader): boolean {
  return SECRET_SOURCES.has(header.source) || isSecretHeaderName(header.name)
}

/** One warning for each secret that would go in the clear to another machine; what a proxy asks for is not for that machine. */
export function plainTextWarnings(url: TargetUrl, headers: readonly PreparedHeader[]): readonly string[] {
  if (url.scheme === 'https' || isLoopback(url.host)) return []
  const names = new Set(
    headers.filter((header) => isSecretHeader(header) && header.name.toLowerCase() !== 'proxy-authorization').map((header) => header.name),
  )
  return [...names].map((name) => `${name} goes over plain http:// to ${url.host}: anyone on the way can read it.`)
}
