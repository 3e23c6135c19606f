/**
 * Everything that a request is made of beside its own fields, put together: session, folders, collection, environment and
 * variables, each value with where it comes from. `core/prepare` then makes the lines of the wire from it.
 */
import type { Environment, Session } from '#contract/model/session.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import type { InheritedRow, Layers } from '#contract/model/prepared.ts'
import type { Options, RequestDocument } from '#contract/model/request.ts'
import { CoreError } from '../lib/core-error.ts'
import { rulesOf } from '../prepare/behaviour.ts'
import type { AdapterOptions } from '../prepare/adapter-policies.ts'
import type { TargetUrl } from '../prepare/url-parts.ts'
import { createProblems } from '../prepare/problems.ts'
import type { Variables } from '../prepare/references.ts'
import { parseTargetUrl } from '../prepare/target-url.ts'
import { fillIn, textsOf } from '../prepare/variables.ts'
import { inheritedAuth } from './choose-auth.ts'
import { emptySession, type CollectionLayers } from './collection-layers.ts'
import { mergeOptions, optionsAround, type OptionLayer } from './merge-options.ts'
import { inheritedRows, omittedNames, type OwnRows, type RowLayer } from './merge-rows.ts'
import { pickAdapter } from './pick-adapter.ts'
import { resolveVariables, type VariableSources } from './resolve-variables.ts'
import { environmentChain, scopesOf, type ScopeSources } from './scopes.ts'

export interface ResolveInput extends Omit<VariableSources, 'scopes'> {
  readonly document: RequestDocument
  readonly layers: CollectionLayers
  /** What the settings of this machine say: the outermost layer of options. Absent: nothing. */
  readonly settings?: Options
  /** The one chosen in the window or on the command line; null: the default. */
  readonly session: string | null
  /** Whether that choice wins over the request's own, as an option of the command line does. */
  readonly sessionWins?: boolean
  /** Whether a chosen session that the collection does not have is an error rather than an empty one of that name. */
  readonly isSessionRequired?: boolean
  readonly environment: string | null
  readonly given: Readonly<Record<string, string>>
  readonly captured: Readonly<Record<string, string>>
  /** Values of the `.env` files that the environments name. */
  readonly dotEnv: (path: string) => Promise<Readonly<Record<string, string>> | null>
}

export interface Resolved {
  /** The document before anything is added to it. */
  readonly typed: RequestDocument
  /** The document with the credentials and options that hold; its references stand as they were. */
  readonly document: RequestDocument
  readonly variables: Variables
  /** The rows to send with its own, outermost first. */
  readonly inherited: Readonly<Record<'headers' | 'params' | 'cookies', readonly InheritedRow[]>>
  /** Names of headers, in lower case, that nobody is to add. */
  readonly omitted: ReadonlySet<string>
  readonly layers: Layers
  readonly session: Session
  readonly warnings: readonly string[]
  /** The options that hold without any adapter, and with each: another may be mounted for a URL met on the way. */
  readonly adapters: AdapterOptions
  /** Whether no text refers to a variable. */
  readonly isConstant: boolean
}

/**
 * Resolve a request.
 *
 * @throws {CoreError} `NotFound` for an environment that is not there, and for a required session; `InvalidVariable` for one that extends itself
 */
export async function resolveRequest(input: ResolveInput): Promise<Resolved> {
  const { document, layers } = input
  const { session, isPinned, warnings } = chosenSession(input)
  const auth = inheritedAuth(document, layers, session)
  const optionLayers = layersOfOptions(layers, session, input.settings)
  const plain = mergeOptions(document.options, [...optionLayers.near, ...optionLayers.far])
  const aroundHeaders = headerLayers(layers, session)
  const rows = inheritedRowsOf(document, aroundHeaders, session)
  const withAuth: RequestDocument = { ...document, ...(auth && { auth: auth.auth }) }

  const adapterTexts = session.adapters.map((adapter) => ({ ...withAuth, options: { ...plain.options, ...optionsOf(adapter) } }))
  const texts = [
    ...[{ ...withAuth, options: plain.options }, ...adapterTexts].flatMap(textsOf),
    ...Object.values(rows).flatMap((list) => list.flatMap(({ row, hidden }) => (hidden ? [] : [row.name, row.value]))),
  ]
  const scopes = scopesOf(await scopeSources(input))
  const { variables, found, asks, secrets } = await resolveVariables(texts, {
    ...input,
    scopes,
    unchosen: input.environment === null ? await withDotEnv(layers.environments, input.dotEnv) : [],
  })

  const adapters: AdapterOptions = {
    variants: [
      { options: plain.options, origins: plain.origins, pool: undefined },
      ...session.adapters.map((adapter) => {
        const { options, origins } = withAdapter(document, session, optionLayers, adapter)
        return { options, origins, pool: adapter.pool }
      }),
    ],
    pick: (target) => session.adapters.findIndex((adapter) => adapter === pickAdapter(session.adapters, target)) + 1,
  }
  const url = session.adapters.length === 0 ? null : targetUrlOf(withAuth, plain.options, variables)
  const adapter = url && pickAdapter(session.adapters, url)
  const { options, inherited } = adapter ? withAdapter(document, session, optionLayers, adapter) : plain
  return {
    typed: document,
    document: { ...withAuth, options },
    variables,
    inherited: { headers: shown(rows.headers), params: shown(rows.params), cookies: shown(rows.cookies) },
    omitted: omittedNames(aroundHeaders, ownHeaders(document)),
    session,
    warnings: [...warnings, ...layers.faults.map(({ message }) => message), ...notesFor(layers, session)],
    adapters,
    isConstant: !texts.some((text) => text.includes('{{')),
    layers: {
      session: { name: session.name, isPinned },
      environment: input.environment,
      adapter: adapter?.prefix ?? null,
      ...rows,
      auth,
      options: inherited,
      outerOptions: optionsAround(layersWith(session, optionLayers, adapter)),
      variables: [...found],
      asks: [...asks],
      secrets: [...secrets],
    },
  }
}

/** What is told of the files around a request that goes with a session: of other sessions nothing. */
function notesFor({ notes = [] }: CollectionLayers, { name }: Session): string[] {
  return notes.flatMap(({ message, session }) => (session === null || session === name ? [message] : []))
}

/** The scopes that a request's variables are looked for in, with the `.env` files read. */
export async function scopeSources(
  input: Pick<ResolveInput, 'document' | 'layers' | 'environment' | 'given' | 'captured' | 'dotEnv'>,
): Promise<ScopeSources> {
  const environments = environmentChain(input.environment, input.layers)
  const files = await Promise.all(
    environments.map(async ({ dotEnvPath }) => [dotEnvPath, await dotEnvOf(dotEnvPath, input.dotEnv)] as const),
  )
  const byPath = new Map(files)
  return {
    layers: input.layers,
    request: input.document.variables,
    given: input.given,
    captured: input.captured,
    environments,
    dotEnv: (path) => byPath.get(path) ?? null,
  }
}

/** Environments with the names that their `.env` files give, after their own. */
function withDotEnv(
  environments: readonly Environment[],
  read: ResolveInput['dotEnv'],
): Promise<readonly Pick<Environment, 'name' | 'variables'>[]> {
  return Promise.all(
    environments.map(async ({ name, variables, dotEnvPath }) => {
      const given = Object.entries((await dotEnvOf(dotEnvPath, read)) ?? {})
      return { name, variables: [...variables, ...given.map(([key, value]) => ({ name: key, value, enabled: true }))] }
    }),
  )
}

async function dotEnvOf(path: Environment['dotEnvPath'], read: ResolveInput['dotEnv']): ReturnType<ResolveInput['dotEnv']> {
  return path === null ? null : read(path)
}

function chosenSession({ document, layers, session, sessionWins = false, isSessionRequired = false }: ResolveInput): {
  readonly session: Session
  readonly isPinned: boolean
  readonly warnings: string[]
} {
  const own = document.options.session
  const isPinned = own !== undefined && own !== '' && !(sessionWins && session !== null)
  const name = isPinned ? own : (session ?? DEFAULT_SESSION)
  const found = layers.sessions.find((one) => one.name === name)
  const isUnknown = !found && name !== DEFAULT_SESSION
  // Outside a collection a session is but a name for a jar.
  const isMissed = isUnknown && layers.name !== ''
  if (isMissed && isSessionRequired && name === session) throw missingSession(name, layers)
  const warnings = isMissed ? [`${layers.name} has no session “${name}”: an empty one with cookies of its own is used.`] : []
  return { session: found ?? emptySession(name), isPinned, warnings }
}

function missingSession(name: string, { name: collection, sessions }: CollectionLayers): CoreError {
  const names = [...new Set([DEFAULT_SESSION, ...sessions.map((session) => session.name)])].join(', ')
  const message = `There is no session “${name}”: ${collection} has none of that name.`
  return new CoreError('NotFound', 'resolve', message, { hint: `There are: ${names}.` })
}

interface OptionLayers {
  /** Nearer than an adapter. */
  readonly near: readonly OptionLayer[]
  readonly far: readonly OptionLayer[]
}

function layersOfOptions(layers: CollectionLayers, session: Session, settings: Options = {}): OptionLayers {
  return {
    near: [...layers.folders]
      .reverse()
      .map(({ id, name, defaults }) => ({ options: defaults.options, origin: { layer: 'folder', id, name } })),
    far: [
      { options: session.options, origin: { layer: 'session', name: session.name } },
      { options: layers.collection.options, origin: { layer: 'collection', id: layers.id, name: layers.name } },
      { options: settings, origin: { layer: 'settings' } },
    ],
  }
}

function withAdapter(
  document: RequestDocument,
  session: Session,
  layers: OptionLayers,
  adapter: Session['adapters'][number],
): ReturnType<typeof mergeOptions> {
  return mergeOptions(document.options, layersWith(session, layers, adapter))
}

/** The layers around a request whose URL picks an adapter, or none; the nearest first. */
function layersWith(session: Session, { near, far }: OptionLayers, adapter: Session['adapters'][number] | null): readonly OptionLayer[] {
  const mounted: OptionLayer[] = adapter
    ? [{ options: optionsOf(adapter), origin: { layer: 'adapter', session: session.name, prefix: adapter.prefix } }]
    : []
  return [...near, ...mounted, ...far]
}

function optionsOf({ prefix: _prefix, pool: _pool, ...options }: Session['adapters'][number]): RequestDocument['options'] {
  return options
}

/** The URL, where it can be understood as far as to pick an adapter; what is wrong with it is said when it is prepared. */
function targetUrlOf(document: RequestDocument, options: RequestDocument['options'], variables: Variables): TargetUrl | null {
  try {
    const { url } = fillIn({ ...document, options: {} }, variables, createProblems())
    return parseTargetUrl(url, rulesOf(options).url)
  } catch {
    return null
  }
}

const lowerCase = (name: string): string => name.toLowerCase()
const asIs = (name: string): string => name

function ownHeaders({ headers, options }: RequestDocument): OwnRows {
  return { rows: headers, omitted: options.omitHeaders ?? [], keyOf: lowerCase }
}

function headerLayers(layers: CollectionLayers, session: Session): RowLayer[] {
  return [
    ...[...layers.folders]
      .reverse()
      .map(({ id, name, defaults }): RowLayer => ({ rows: defaults.headers, origin: { layer: 'folder', id, name } })),
    { rows: session.headers, origin: { layer: 'session', name: session.name } },
    { rows: layers.collection.headers, origin: { layer: 'collection', id: layers.id, name: layers.name } },
  ]
}

function inheritedRowsOf(
  document: RequestDocument,
  headers: readonly RowLayer[],
  session: Session,
): Record<'headers' | 'params' | 'cookies', InheritedRow[]> {
  const { params, cookies, options } = document
  const ofSession = (rows: RowLayer['rows']): RowLayer[] => [{ rows, origin: { layer: 'session', name: session.name } }]
  const query = params.filter(({ kind }) => kind === 'query')
  return {
    headers: inheritedRows(headers, ownHeaders(document)),
    params: inheritedRows(ofSession(session.params), { rows: query, omitted: options.omitParams ?? [], keyOf: asIs }),
    cookies: inheritedRows(ofSession(session.cookies), { rows: cookies, omitted: options.omitCookies ?? [], keyOf: asIs }),
  }
}

function shown(rows: readonly InheritedRow[]): InheritedRow[] {
  return rows.filter(({ hidden }) => !hidden)
}
