/**
 * Prepares a request with everything around it: its collection's folder, the session's cookies, the variables. The one
 * caller of `prepareRequest` in the app, so the preview, the window's Send and the command line cannot differ.
 */
import type { RequestDocument } from '#contract/model/request.ts'
import { authFlow } from '../auth/auth-flow.ts'
import { staticAuth } from '../auth/static-auth.ts'
import { USER_AGENT } from '../lib/version.ts'
import { prepareRequest } from '../prepare/prepare-request.ts'
import type { Preparation } from '../prepare/prepared-request.ts'
import type { CorePorts } from '../ports.ts'
import { variableNames } from '../prepare/variables.ts'
import type { SessionCookies } from '../send/session-cookies.ts'

export interface PrepareSubject {
  readonly document: RequestDocument
  /** What relative file paths are relative to; null for a request outside any collection. */
  readonly root: string | null
  /** Values given by the caller, such as `--var`: they win over everything else. */
  readonly variables: Readonly<Record<string, string>>
  readonly seed: string
}

export interface Surroundings {
  readonly cookies: SessionCookies
  readonly env: CorePorts['env']
  /** Address of the built-in echo server, started when first asked for. */
  readonly echoUrl: () => Promise<string>
}

/** Prepare a request in its surroundings. */
export async function prepareFor(subject: PrepareSubject, around: Surroundings): Promise<Preparation> {
  return prepareRequest(subject.document, {
    baseDir: subject.root,
    seed: subject.seed,
    variables: await valuesOf(subject, around),
    env: around.env,
    userAgent: USER_AGENT,
    cookiesFor: around.cookies.cookiesFor,
    authParts: staticAuth,
    authFlow,
  })
}

async function valuesOf(subject: PrepareSubject, around: Surroundings): Promise<Map<string, string>> {
  const values = new Map<string, string>()
  for (const name of variableNames(subject.document)) {
    const given = Object.hasOwn(subject.variables, name) ? subject.variables[name] : undefined
    if (given !== undefined) values.set(name, given)
    else if (name === '$echo') values.set(name, await around.echoUrl())
  }
  return values
}
