/**
 * Prepares a request with everything around it: its collection's folder, the session's cookies, the variables. The one
 * caller of `prepareRequest` in the app, so the preview, the window's Send and the command line cannot differ.
 */
import type { JarKey } from '#contract/model/cookie.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { WireError } from '#contract/errors.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { ParsedInput } from '#contract/commands.ts'
import type { Origin } from '#contract/model/origin.ts'
import type { Auth, Options, RequestDocument } from '#contract/model/request.ts'
import { authContext } from '../auth/auth-flow.ts'
import { digestMemoryOf, type DigestMemory } from '../auth/digest-memory.ts'
import { netrcFlow } from '../auth/netrc.ts'
import type { StaticSurroundings } from '../auth/static-auth.ts'
import { maskFor, masked } from '../history/mask.ts'
import { CoreError } from '../lib/core-error.ts'
import { USER_AGENT } from '../lib/version.ts'
import { rulesOf } from '../prepare/behaviour.ts'
import { prepareRequest } from '../prepare/prepare-request.ts'
import type { AuthFlow, Preparation } from '../prepare/prepared-request.ts'
import type { CorePorts } from '../ports.ts'
import { createProblems } from '../prepare/problems.ts'
import type { Variables } from '../prepare/references.ts'
import { fillIn } from '../prepare/variables.ts'
import type { SessionCookies } from '../send/session-cookies.ts'
import type { CollectionLayers } from '../resolve/collection-layers.ts'
import type { KnownSecret } from '../resolve/held-secrets.ts'
import type { Resolved, ResolveInput } from '../resolve/resolve-request.ts'
import { resolveTyped } from '../resolve/resolve-typed.ts'
import { readNetrc } from './netrc-file.ts'

/** Where a request stands: what is around it follows from that. */
export type Place =
  | { readonly nodeId: NodeId }
  /** Not saved yet, but to be used with the sessions and environments of a collection. */
  | { readonly collectionId: CollectionId }
  /** Absolute path of a request file. */
  | { readonly file: string }
  | null

/** What is chosen around a request. */
export interface Choice {
  readonly environment: string | null
  readonly session: string | null
  /** Whether the session chosen wins over the one that the request names. */
  readonly sessionWins?: boolean
  /** Whether a chosen session that the collection does not have is an error rather than an empty one of that name. */
  readonly isSessionRequired?: boolean
  /** Values for this send alone, such as `--var`: they win over everything else. */
  readonly given: Readonly<Record<string, string>>
}

export interface PrepareSubject {
  readonly document: RequestDocument
  readonly place: Place
  readonly choice: Choice
  /** What relative file paths are relative to; null for a request outside any collection. */
  readonly root: string | null
  readonly seed: string
  /** True for a request of the app's own, which says itself who it is from. */
  readonly withoutAmbient?: boolean
  /** What is around it, where that was looked up already. */
  readonly layers?: CollectionLayers
  /** Of a request that a script sends, and of one of a run. */
  readonly scripting?: Scripting
  /** Stands between the references and their values; absent: they are taken as they are. */
  readonly lookUp?: (variables: Variables) => Variables
}

/** What scripts of a send have to know of those around it. */
export interface Scripting {
  /** How many scripts wait for it. */
  readonly depth: number
  /** How many more requests they may send, all of them together. */
  readonly budget: { left: number }
  /** Of a run, from 0. */
  readonly iteration?: number
  readonly iterationCount?: number
}

/** What a window says of a request. */
export type SubjectInput = Pick<ParsedInput<'request.prepare'>, 'document' | 'nodeId' | 'seed' | 'context'>

/** @param rootOf the folder that relative file paths of a saved request are relative to */
export function subjectFrom({ document, nodeId, seed, context }: SubjectInput, rootOf: (id: NodeId) => string | null): PrepareSubject {
  const collectionId = context?.collectionId ?? null
  return {
    document,
    seed,
    root: nodeId === null ? null : rootOf(nodeId),
    place: nodeId !== null ? { nodeId } : collectionId !== null ? { collectionId } : null,
    choice: { environment: context?.environment ?? null, session: context?.session ?? null, given: context?.given ?? {} },
  }
}

export interface Surroundings {
  /** The cookies of a session, with what other processes have written to them. */
  readonly jarFor: (key: JarKey) => Promise<SessionCookies>
  readonly env: CorePorts['env']
  readonly now: CorePorts['now']
  /** What sessions have learnt of Digest challenges, each its own. */
  readonly digest: DigestMemory
  readonly tokenFor: StaticSurroundings['tokenFor']
  /** Address of the built-in echo server, started when first asked for. */
  readonly echoUrl: () => Promise<string>
  readonly settings: CollectionSettings
  /** Files of the surroundings that are read once for many requests; absent: they are read anew for each. */
  readonly files?: SurroundingFiles
  /** Of many sends of the same requests: what was prepared before and would come out the same. */
  readonly memory?: PreparedMemory | undefined
}

export interface PreparedMemory {
  readonly find: (subject: PrepareSubject) => Promise<Prepared | null>
  readonly keep: (subject: PrepareSubject, prepared: Prepared) => void
}

export interface SurroundingFiles {
  /** The texts of a CA file or folder. @throws the system's error */
  readonly pemsAt: (path: string) => Promise<readonly string[]>
  /** The user's netrc, as `readNetrc` has it. */
  readonly netrc: typeof readNetrc
}

/** What the files and the vault hold around requests. */
export interface CollectionSettings {
  readonly layersAt: (place: Place) => Promise<CollectionLayers>
  /** The value of a secret variable; null where it has none on this machine. */
  readonly secretOf: (layers: CollectionLayers, origin: Origin, name: string) => Promise<string | null>
  /** Every secret around a request that has a value on this machine, whether or not the request names it. */
  readonly knownSecrets: (layers: CollectionLayers) => Promise<readonly KnownSecret[]>
  readonly capturedIn: (layers: CollectionLayers) => Promise<Readonly<Record<string, string>>>
  /** Keeps variables as captured ones; null takes one away. @throws {CoreError} `StorageError` */
  readonly keep: (layers: CollectionLayers, values: Readonly<Record<string, string | null>>) => Promise<void>
  /** Options that the settings of this machine give to every request. */
  readonly optionsOfSettings: () => Promise<Options>
  readonly dotEnvOf: (layers: CollectionLayers, path: string) => Promise<Readonly<Record<string, string>> | null>
}

export interface Prepared extends Preparation {
  /** Whose cookies it goes with. */
  readonly jar: JarKey
  readonly layers: CollectionLayers
  readonly resolved: Resolved
}

/** Whose connections and Digest nonces a session's are. */
export function ownerOf({ collectionId, session }: JarKey): string {
  return JSON.stringify([collectionId, session])
}

/** A request put together with what is around it. */
export interface Resolution {
  readonly resolved: Resolved
  readonly layers: CollectionLayers
  /** Why its environment or session could not be had; it is then resolved without. */
  readonly fault: WireError | null
}

/** Prepare a request in its surroundings. @param resolution of that very request, where it was needed before */
export async function prepareFor(subject: PrepareSubject, around: Surroundings, resolution?: Resolution | null): Promise<Prepared> {
  const { seed, root } = subject
  const { resolved: found, layers, fault } = resolution ?? (await resolveAnyway(subject, around))
  const jar = { collectionId: layers.id, session: found.session.name }
  const { cookiesFor } = await around.jarFor(jar)
  const tokens: string[] = []
  const tokenFor: Surroundings['tokenFor'] = async (auth) => {
    const atHand = await around.tokenFor(auth)
    if (atHand) tokens.push(atHand.value)
    return atHand
  }
  const preparation = await prepareRequest(found.document, {
    baseDir: root,
    seed,
    variables: subject.lookUp?.(found.variables) ?? found.variables,
    inherited: found.inherited,
    omitted: found.omitted,
    layers: found.layers,
    warnings: found.warnings,
    adapters: found.adapters,
    owner: ownerOf(jar),
    env: around.env,
    pemsAt: around.files?.pemsAt,
    userAgent: USER_AGENT,
    cookiesFor,
    ...authContext({
      ...around,
      tokenFor,
      digest: digestMemoryOf(around.digest, ownerOf(jar)),
      proxies: around.digest,
      seed,
      baseDir: root,
    }),
    ambientFlow: async (document, warn) => (subject.withoutAmbient === true ? null : ambientFlow(document, around, warn)),
  })
  // An access token is kept as a secret is, and is one wherever the request is kept or told of.
  const resolved = { ...found, layers: { ...found.layers, secrets: [...found.layers.secrets, ...tokens] } }
  const preview = { ...preparation.preview, layers: resolved.layers }
  // What is wrong with a text may quote it.
  const mask = maskFor(resolved.layers.secrets)
  const problems = masked(fault ? [fault, ...preparation.problems] : preparation.problems, mask)
  return {
    request: fault ? null : preparation.request,
    problems,
    preview: { ...preview, warnings: masked(preview.warnings, mask), problems: [...problems], jar },
    jar,
    layers,
    resolved,
  }
}

/**
 * The credentials that a request is sent with, with their references filled in, and the options that hold.
 *
 * @throws {CoreError} `UndefinedVariable` for the first reference that has no value
 */
export async function resolvedAuth(subject: PrepareSubject, around: Surroundings): Promise<FilledAuth> {
  return filledAuth((await resolveFor(subject, around)).resolved)
}

interface FilledAuth {
  readonly auth: Auth
  readonly options: RequestDocument['options']
}

/** The same, of a request that is resolved. @throws {CoreError} `UndefinedVariable` */
export function filledAuth(resolved: Resolved): FilledAuth {
  const problems = createProblems()
  const { auth } = fillIn({ ...emptyRequest(), auth: resolved.document.auth }, resolved.variables, problems)
  const [first] = problems.found
  if (!first) return { auth, options: resolved.document.options }
  throw CoreError.fromWire(first)
}

/**
 * A text with its references filled in, as they would be in a text of the request; and as it may be shown, without the
 * values of secret variables.
 *
 * @throws {CoreError} `UndefinedVariable` for the first reference that has no value
 */
export async function resolvedText(
  text: string,
  subject: PrepareSubject,
  around: Surroundings,
): Promise<{ readonly text: string; readonly shown: string }> {
  const document = { ...emptyRequest(), variables: subject.document.variables, body: { kind: 'text' as const, text } }
  const { resolved } = await resolveFor({ ...subject, document }, around)
  const problems = createProblems()
  const { body } = fillIn(resolved.document, resolved.variables, problems)
  const [first] = problems.found
  if (first) throw CoreError.fromWire(first)
  const filled = body.kind === 'text' ? body.text : text
  return { text: filled, shown: masked(filled, maskFor(resolved.layers.secrets)) }
}

/** Resolved without its environment or session, where that is what cannot be had; so the rest can still be shown. */
export async function resolveAnyway(subject: PrepareSubject, around: Surroundings): Promise<Resolution> {
  try {
    return { ...(await resolveFor(subject, around)), fault: null }
  } catch (error) {
    const { choice } = subject
    if (!(error instanceof CoreError) || (choice.environment === null && choice.isSessionRequired !== true)) throw error
    const without = await resolveFor({ ...subject, choice: { ...choice, environment: null, isSessionRequired: false } }, around)
    return { ...without, fault: error.toWire() }
  }
}

/** The document with names in the place of secrets that were typed. */
export async function typedDocument(subject: PrepareSubject, around: Surroundings): Promise<RequestDocument> {
  return (await resolveAnyway(subject, around)).resolved.typed
}

async function resolveFor(
  subject: PrepareSubject,
  around: Surroundings,
): Promise<{ readonly resolved: Resolved; readonly layers: CollectionLayers }> {
  const input = await resolveInput(subject, around)
  return { resolved: await resolveTyped(input, await around.settings.knownSecrets(input.layers)), layers: input.layers }
}

/** Everything that resolving needs, from where the request stands. */
export async function resolveInput(
  { document, place, choice, seed, layers: known }: PrepareSubject,
  around: Surroundings,
): Promise<ResolveInput> {
  const { settings } = around
  const layers = known ?? (await settings.layersAt(place))
  return {
    document,
    layers,
    settings: await settings.optionsOfSettings(),
    ...choice,
    captured: await settings.capturedIn(layers),
    secretOf: (origin, name) => settings.secretOf(layers, origin, name),
    dotEnv: (path) => settings.dotEnvOf(layers, path),
    env: around.env,
    builtIn: async (name) => (name === '$echo' ? around.echoUrl() : null),
    dynamic: async () => (await import('../resolve/dynamic.ts')).dynamicValues(seed, around.now()),
  }
}

/** netrc, where the behaviour asks it, and unless the surroundings are not to be trusted. */
async function ambientFlow(
  { options }: RequestDocument,
  { env, files }: Surroundings,
  warn: (message: string) => void,
): Promise<AuthFlow | null> {
  const rules = rulesOf(options).credentials
  if (rules.netrc === 'unknown' || options.trustEnv === false) return null
  const file = await (files?.netrc ?? readNetrc)(env, warn)
  return file && netrcFlow(file.netrc, file.path, rules.basicCharset)
}
