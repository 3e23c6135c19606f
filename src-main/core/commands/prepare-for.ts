/**
 * Prepares a request with everything around it: its collection's folder, the session's cookies, the variables. The one
 * caller of `prepareRequest` in the app, so the preview, the window's Send and the command line cannot differ.
 */
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Auth, RequestDocument } from '#contract/model/request.ts'
import { authContext } from '../auth/auth-flow.ts'
import type { DigestMemory } from '../auth/digest-memory.ts'
import { netrcFlow } from '../auth/netrc.ts'
import type { StaticSurroundings } from '../auth/static-auth.ts'
import { CoreError } from '../lib/core-error.ts'
import { USER_AGENT } from '../lib/version.ts'
import { rulesOf } from '../prepare/behaviour.ts'
import { prepareRequest } from '../prepare/prepare-request.ts'
import type { AuthFlow, Preparation } from '../prepare/prepared-request.ts'
import type { CorePorts } from '../ports.ts'
import { createProblems } from '../prepare/problems.ts'
import { fillIn, variableNames } from '../prepare/variables.ts'
import type { SessionCookies } from '../send/session-cookies.ts'
import { readNetrc } from './netrc-file.ts'

export interface PrepareSubject {
  readonly document: RequestDocument
  /** What relative file paths are relative to; null for a request outside any collection. */
  readonly root: string | null
  /** Values given by the caller, such as `--var`: they win over everything else. */
  readonly variables: Readonly<Record<string, string>>
  readonly seed: string
  /** True for a request of the app's own, which says itself who it is from. */
  readonly withoutAmbient?: boolean
}

export interface Surroundings {
  readonly cookies: SessionCookies
  readonly env: CorePorts['env']
  readonly now: CorePorts['now']
  /** What the session has learnt of Digest challenges. */
  readonly digest: DigestMemory
  readonly tokenFor: StaticSurroundings['tokenFor']
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
    ...authContext({ ...around, seed: subject.seed, baseDir: subject.root }),
    ambientFlow: async (document, warn) => (subject.withoutAmbient === true ? null : ambientFlow(document, around, warn)),
  })
}

/**
 * The credentials of a request with their references filled in.
 *
 * @throws {CoreError} `UndefinedVariable` for the first reference that has no value
 */
export async function resolvedAuth(subject: Omit<PrepareSubject, 'seed'>, around: Surroundings): Promise<Auth> {
  const document = { ...emptyRequest(), auth: subject.document.auth }
  const problems = createProblems()
  const { auth } = fillIn(document, await valuesOf({ ...subject, document }, around), problems)
  const [first] = problems.found
  if (!first) return auth
  throw new CoreError(first.kind, first.stage, first.message, {
    ...(first.hint !== undefined && { hint: first.hint }),
    ...(first.where && { where: first.where }),
  })
}

/** netrc, unless the surroundings are not to be trusted. */
async function ambientFlow({ options }: RequestDocument, { env }: Surroundings, warn: (message: string) => void): Promise<AuthFlow | null> {
  const file = options.trustEnv === false ? null : await readNetrc(env, warn)
  return file && netrcFlow(file.netrc, file.path, rulesOf(options).credentials.basicCharset)
}

async function valuesOf(subject: Omit<PrepareSubject, 'seed'>, around: Surroundings): Promise<Map<string, string>> {
  const values = new Map<string, string>()
  for (const name of variableNames(subject.document)) {
    const given = Object.hasOwn(subject.variables, name) ? subject.variables[name] : undefined
    if (given !== undefined) values.set(name, given)
    else if (name === '$echo') values.set(name, await around.echoUrl())
  }
  return values
}
