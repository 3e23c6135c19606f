/** The way to a server in words. */
import type { Origin } from '#contract/model/origin.ts'
import type { Route } from '#contract/model/prepared.ts'
import { causeWords, reasonOrigin } from '#contract/model/route-reason.ts'
import { originWords } from './origin-words.ts'
import { told } from './told.ts'
import { t } from './t.ts'

/** `through http://127.0.0.1:3128, because of proxy rule http of session alice`, `direct, because no proxy is set`. */
export function routeInWords(route: Route): string {
  const { words, origin } = routeParts(route)
  return origin === null ? words : t`${words} of ${originWords(origin)}`
}

/** The words as far as whose rule it is, and whose. */
export function routeParts({ proxy, reason, instead }: Route): { readonly words: string; readonly origin: Origin | null } {
  const place = instead === null ? '' : proxy === null ? t` to ${instead}` : t` (at ${instead})`
  const way = proxy === null ? t`direct${place}` : t`through ${proxy}${place}`
  return { words: t`${way}, because ${told(causeWords(reason))}`, origin: reasonOrigin(reason) }
}

/** Whether the way is worth a line where nobody asked for it. */
export function isNotable({ proxy, reason, instead }: Route): boolean {
  return proxy !== null || instead !== null || reason.kind !== 'unset'
}
