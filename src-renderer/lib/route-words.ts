/** The way to a server in words. */
import type { Route } from '#contract/model/prepared.ts'

/** `through http://127.0.0.1:3128, because of HTTP_PROXY of the environment`, `direct, because no proxy is set`. */
export function routeInWords({ proxy, why, instead }: Route): string {
  const place = instead === null ? '' : proxy === null ? ` to ${instead}` : ` (at ${instead})`
  if (proxy !== null) return `through ${proxy}${place}, because of ${why}`
  return `direct${place}, because ${/^request option (?!no proxy)/.test(why) ? `of ${why}` : why.replace(/^request option no proxy/, '“No proxy for”')}`
}

/** Whether the way is worth a line where nobody asked for it. */
export function isNotable({ proxy, why, instead }: Route): boolean {
  return proxy !== null || instead !== null || !/^no proxy is set/.test(why)
}
