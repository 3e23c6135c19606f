/**
 * The access token that a request may need, before it is prepared: whether it does is known once it is resolved, which is not
 * done again where nothing was to be got.
 */
import type { WireError } from '#contract/errors.ts'
import type { Hop } from '#contract/model/exchange.ts'
import { CoreError } from '../lib/core-error.ts'
import type { SendRun } from '../send/send-request.ts'
import { filledAuth, resolveAnyway, type PrepareSubject, type Resolution, type Surroundings } from './prepare-for.ts'
import type { TokenKeeper } from './token-keeper.ts'

interface TokenFirst {
  readonly before: readonly Hop[]
  readonly error: WireError | null
  readonly warnings: readonly string[]
  /** What finding out took, where nothing can have changed since. */
  readonly resolution: Resolution | null
}

/** No token was asked for. */
export const NOTHING_FIRST: TokenFirst = { before: [], error: null, warnings: [], resolution: null }

/** Gets or refreshes the access token that the request needs. Its hops come before the request's own. */
export async function tokenFirst(
  subject: PrepareSubject,
  deps: Surroundings & { readonly tokens: TokenKeeper },
  { signal, onStep }: Pick<SendRun, 'signal' | 'onStep'>,
): Promise<TokenFirst> {
  const before: Hop[] = []
  const warnings: string[] = []
  if (!mayBeOAuth2(subject)) return { before, error: null, warnings, resolution: null }
  try {
    const resolution = await resolveAnyway(subject, deps)
    // What keeps it from being resolved is told of with all else that is wrong with it.
    if (resolution.fault || resolution.resolved.document.auth.kind !== 'oauth2') return { before, error: null, warnings, resolution }
    const { auth, options } = filledAuth(resolution.resolved)
    if (auth.kind !== 'oauth2') return { before, error: null, warnings, resolution }
    await deps.tokens.ensure({
      auth,
      options,
      root: subject.root,
      signal,
      onAuthorize: (url) => onStep({ kind: 'authorize', url }),
      onAsking: (url) => onStep({ kind: 'token', url }),
      onHop: (hop) => void before.push(hop),
      onWarning: (message) => void warnings.push(message),
    })
    return { before, error: null, warnings, resolution: null }
  } catch (error) {
    if (error instanceof CoreError) return { before, error: error.toWire(), warnings, resolution: null }
    throw error
  }
}

/** Whether its own credentials, or those of what is around it, may be a token's. */
function mayBeOAuth2({ document, place }: PrepareSubject): boolean {
  const { kind } = document.auth
  return kind === 'oauth2' || (place !== null && (kind === 'inherit' || kind === 'none'))
}
