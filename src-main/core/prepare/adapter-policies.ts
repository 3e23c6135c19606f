/**
 * How to send to the request's own URL, and to others that redirects lead to: each adapter that a session has mounted
 * makes a policy of its own.
 */
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import type { Adapter } from '#contract/model/session.ts'
import { originsIn, type OptionOrigins } from './option-origins.ts'
import { policyOf, type PolicySurroundings } from './policy.ts'
import type { PreparedRequest } from './prepared-request.ts'
import type { TargetUrl } from './url-parts.ts'
import { createProblems, type Problems } from './problems.ts'
import type { Variables } from './references.ts'
import { fillIn } from './variables.ts'

/** The options of each adapter that a URL can pick, those of none first. */
export interface AdapterOptions {
  readonly variants: readonly { readonly options: Options; readonly origins: OptionOrigins; readonly pool: Adapter['pool'] }[]
  /** Index of the one that a URL picks. */
  readonly pick: (url: TargetUrl) => number
}

export interface PolicySubject {
  readonly options: Options
  readonly method: string
  /** Null where it cannot be understood. */
  readonly url: TargetUrl | null
}

const NO_REQUEST = emptyRequest()

/** The policy of a request, and how to tell that of another URL. */
export async function policiesOf(
  { options, method, url }: PolicySubject,
  around: Omit<PolicySurroundings, 'origins'>,
  { adapters, variables }: { readonly adapters?: AdapterOptions; readonly variables: Variables },
  problems: Problems,
): Promise<Pick<PreparedRequest, 'policy' | 'policyFor'>> {
  const own = url === null || !adapters ? 0 : adapters.pick(url)
  const { pool, origins = new Map(originsIn(options, { layer: 'request' })) } = adapters?.variants[own] ?? {}
  const policy = await policyOf(options, method, { ...around, origins, ...(pool && { pool }) }, problems)
  if (!adapters || adapters.variants.length < 2) return { policy, policyFor: null }
  const policies = await Promise.all(
    adapters.variants.map(async (variant, index) => {
      if (index === own) return policy
      // What is wrong with an adapter that is not picked here is said where it is.
      const quiet = createProblems()
      const filled = fillIn({ ...NO_REQUEST, options: variant.options }, variables, quiet).options
      const { pool: ofVariant, origins: theirs } = variant
      return policyOf(filled, method, { ...around, origins: theirs, warnings: [], ...(ofVariant && { pool: ofVariant }) }, quiet)
    }),
  )
  return { policy, policyFor: (target) => policies[adapters.pick(target)] ?? policy }
}
