/**
 * Requests of a run that come out the same each time, prepared once. Nothing is guessed: kept is only what was prepared without
 * a reference, a cookie, a signature, a boundary or a file that another time could be another.
 */
import type { JarKey } from '#contract/model/cookie.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Prepared, PreparedMemory, PrepareSubject } from '../commands/prepare-for.ts'
import { cookieUrl } from '../prepare/cookie-header.ts'
import type { SessionCookies } from '../send/session-cookies.ts'
import type { RunPlan } from './run-plan.ts'

/** A prepared request is some 10 KiB; of a run of many more, each is sent too seldom for it to matter. */
const MOST_KEPT = 200

/** What iterations share; null where no request is sent twice. */
type SharedPreparations = Map<RequestDocument, Prepared | null> | null

/** Which requests may be kept: those of the run itself, not what scripts read from files and send. */
export function preparationsOf({ requests, iterations }: RunPlan): SharedPreparations {
  return iterations < 2 ? null : new Map(requests.slice(0, MOST_KEPT).map(({ document }) => [document, null]))
}

/** @param jarFor the cookies that the requests of this iteration are sent with */
export function preparedMemory(shared: SharedPreparations, jarFor: (key: JarKey) => Promise<SessionCookies>): PreparedMemory | undefined {
  if (shared === null) return undefined
  return {
    find: async ({ document, layers }) => {
      const known = shared.get(document)
      if (!known?.request || known.layers !== layers) return null
      const { url, headers, policy } = known.request
      const { cookies: rules } = policy.rules
      const { cookiesFor } = await jarFor(known.jar)
      return cookiesFor(cookieUrl(url, headers, rules), rules).length === 0 ? known : null
    },
    keep: (subject, prepared) => {
      if (shared.get(subject.document) === null && isConstant(subject, prepared)) shared.set(subject.document, prepared)
    },
  }
}

/** Bodies that are made of what was typed alone; a form of parts has a boundary of its own each time, and files change. */
const CONSTANT_BODIES: ReadonlySet<RequestDocument['body']['kind']> = new Set(['none', 'text', 'json', 'xml', 'graphql', 'form'])

function isConstant({ lookUp, withoutAmbient }: PrepareSubject, { request, problems, resolved }: Prepared): boolean {
  if (request === null || problems.length > 0 || lookUp !== undefined || withoutAmbient === true) return false
  const { auth, body, options } = resolved.document
  return (
    resolved.isConstant &&
    CONSTANT_BODIES.has(body.kind) &&
    auth.kind !== 'oauth2' &&
    request.flow === null &&
    request.ambient === null &&
    options.cert === undefined &&
    typeof options.verify !== 'string' &&
    !request.headers.some(({ source }) => source === 'cookies')
  )
}
