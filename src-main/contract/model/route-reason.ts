/** What decided on the way to a server, in words. */
import { assertNever } from '../result.ts'
import { originWords } from './origin-words.ts'
import type { Origin } from './origin.ts'
import type { RouteReason } from './prepared.ts'

/** The layer that has the rule; null for what is none of a layer's. */
export function reasonOrigin(reason: RouteReason): Origin | null {
  return 'origin' in reason ? reason.origin : null
}

/** The reason behind `because`, without whose it is: `of proxy rule http`, `NO_PROXY matches .corp`. */
export function causeWords(reason: RouteReason): string {
  switch (reason.kind) {
    case 'rule':
      return `of proxy rule ${reason.name}`
    case 'exception':
      return `${reason.entry} is in “No proxy for”`
    case 'socket':
      return 'of the Unix socket'
    case 'variable':
      return reason.entry === null ? `of ${reason.name} of the environment` : `${reason.name} matches ${reason.entry}`
    case 'unset':
      return reason.isEnvironmentAsked ? 'no proxy is set' : 'no proxy is set, and the environment is not asked'
    default:
      return assertNever(reason)
  }
}

/** The reason alone: `proxy rule http of session alice`, `HTTP_PROXY of the environment`. */
export function reasonWords(reason: RouteReason): string {
  switch (reason.kind) {
    case 'rule':
      return `proxy rule ${reason.name} of ${originWords(reason.origin)}`
    case 'exception':
      return `${reason.entry} is in “No proxy for” of ${originWords(reason.origin)}`
    case 'socket':
      return `the Unix socket of ${originWords(reason.origin)}`
    case 'variable':
      return reason.entry === null ? `${reason.name} of the environment` : causeWords(reason)
    case 'unset':
      return causeWords(reason)
    default:
      return assertNever(reason)
  }
}
