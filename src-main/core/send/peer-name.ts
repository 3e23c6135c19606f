/** How the other side of a connection is called in messages. */
import type { TargetUrl } from '../prepare/url-parts.ts'

/** `host:port`, the port always said, an IPv6 address in brackets. */
export function peerName(url: Pick<TargetUrl, 'host' | 'port'>): string {
  return `${url.host.includes(':') ? `[${url.host}]` : url.host}:${url.port}`
}

/** Milliseconds as people say them: `10 s`, `0.5 s`. */
export function secondsText(ms: number): string {
  return `${ms / 1000} s`
}
