/**
 * Which of a session's mounted adapters a URL picks: the longest prefix that matches. Matched on the parsed origin and on
 * whole path segments; requests compares texts, so that `https://api.github.com` is a prefix of
 * `https://api.github.com.evil.test` there.
 */
import type { Adapter } from '#contract/model/session.ts'
import type { TargetUrl } from '../prepare/url-parts.ts'

/** The adapter for a URL; null where none is mounted for it. Of two of the same prefix the later wins, as in requests. */
export function pickAdapter(adapters: readonly Adapter[], url: Pick<TargetUrl, 'scheme' | 'host' | 'port' | 'target'>): Adapter | null {
  let best: { adapter: Adapter; weight: number } | null = null
  for (const adapter of adapters) {
    const weight = weightOf(adapter.prefix, url)
    if (weight !== null && (best === null || weight >= best.weight)) best = { adapter, weight }
  }
  return best?.adapter ?? null
}

/** Why a prefix can match nothing, in words; null where it can match. */
export function prefixFault(prefix: string): string | null {
  return partsOf(prefix) === null ? 'is no scheme with a host and path behind it, such as https://api.example.com/v2' : null
}

interface PrefixParts {
  readonly scheme: string
  /** Empty: every host of the scheme. */
  readonly host: string
  readonly port: number | null
  readonly path: string
}

const PREFIX = /^(https?):\/\/(?:(\[[0-9a-f:.]+\]|[^/:?#@[\]]+)(?::(\d{1,5}))?(\/[^?#]*)?)?$/i

function partsOf(prefix: string): PrefixParts | null {
  const match = PREFIX.exec(prefix.trim())
  if (!match) return null
  const [, scheme = '', host = '', port, path = ''] = match
  return {
    scheme: scheme.toLowerCase(),
    host: host.toLowerCase().replace(/^\[|\]$/g, ''),
    port: port === undefined ? null : Number(port),
    path: path.replace(/\/+$/, ''),
  }
}

/** How narrow a prefix is, where it matches; null where it does not. */
function weightOf(prefix: string, url: Pick<TargetUrl, 'scheme' | 'host' | 'port' | 'target'>): number | null {
  const parts = partsOf(prefix)
  if (parts?.scheme !== url.scheme) return null
  if (parts.host === '') return 0
  if (parts.host !== url.host.toLowerCase()) return null
  const defaultPort = url.scheme === 'https' ? 443 : 80
  // A prefix without a port is for the scheme's own, as a URL without one is.
  if ((parts.port ?? defaultPort) !== url.port) return null
  const path = url.target.replace(/[?#].*$/s, '')
  const isBelow = parts.path === '' || path === parts.path || path.startsWith(`${parts.path}/`)
  return isBelow ? 1 + parts.path.length : null
}
