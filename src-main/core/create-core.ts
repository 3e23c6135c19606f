/**
 * The composition root: makes every part of the core, joins them, and hands out the few doors a host uses. Parts that
 * are slow to load or not always needed (the transport, the echo server) are made when first asked for.
 */
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { WireError } from '#contract/errors.ts'
import type { AnyEvent } from '#contract/events.ts'
import type { JarKey } from '#contract/model/cookie.ts'
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { BodyIdSchema, type BodyId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { createDigestMemory } from './auth/digest-memory.ts'
import { createBodyStore, type BodyStore } from './bodies/body-store.ts'
import { createBodyTrees } from './bodies/body-trees.ts'
import { createBodyQueries } from './bodies/body-queries.ts'
import { createBodySearch } from './bodies/body-search.ts'
import { createBodyViews } from './bodies/body-views.ts'
import { makeOwnFolder } from './bodies/own-folder.ts'
import { createRecordViews } from './bodies/record-views.ts'
import { saveBody } from './bodies/save-body.ts'
import { appHandlers } from './commands/app.ts'
import { bodyHandlers } from './commands/bodies.ts'
import { bodyTreeHandlers } from './commands/body-tree.ts'
import { bodyQueryHandlers } from './commands/body-query.ts'
import { bodySearchHandlers } from './commands/body-search.ts'
import { compareHandlers } from './commands/compare.ts'
import { cookieHandlers } from './commands/cookies.ts'
import { draftHandlers, layerDraftHandlers } from './commands/drafts.ts'
import { exampleHandlers } from './commands/examples.ts'
import { createExchanges, type SentOnce } from './commands/exchange.ts'
import { oauth2Handlers } from './commands/oauth2.ts'
import { collectionSettings } from './commands/collection-layers.ts'
import { collectionSettingsHandlers } from './commands/collection-settings.ts'
import { variablesHandlers } from './commands/variables.ts'
import { prepareFor, subjectFrom, type Choice } from './commands/prepare-for.ts'
import { createTokenKeeper } from './commands/token-keeper.ts'
import { fileHandlers } from './commands/files.ts'
import { harHandlers } from './commands/har.ts'
import { historyHandlers } from './commands/history.ts'
import { recordHandlers } from './commands/records.ts'
import { secretsAround } from './commands/known-secrets.ts'
import { createSecretGuard } from './commands/secret-guard.ts'
import { pagesHandlers } from './commands/pages.ts'
import { settingsHandlers } from './commands/settings.ts'
import { workspaceHandlers } from './commands/workspace.ts'
import { bugError, createDispatch, type CallContext, type Dispatch } from './dispatch.ts'
import { createEchoServer } from './echo/echo-server.ts'
import { createHistory, type History } from './history/history-store.ts'
import { createJars } from './jars/jars.ts'
import { createSessionJars, sweepRemovedJars } from './jars/session-jars.ts'
import { CoreError, messageOf } from './lib/core-error.ts'
import { VERSION } from './lib/version.ts'
import type { MockServer, MockServerOptions } from './mock/mock-server.ts'
import type { CorePorts } from './ports.ts'
import { createConnectionPool } from './send/connection-pool.ts'
import type { SessionCookies } from './send/session-cookies.ts'
import { sweepBackups } from './storage/backups.ts'
import { isOfDataDir, prepareDataDir } from './storage/data-dir.ts'
import { createDrafts } from './storage/drafts.ts'
import { readRequestFile, type ReadRequestFile, type RequestFileSource } from './storage/request-file.ts'
import { createSecretVault, type SecretVault } from './storage/secret-vault.ts'
import { createSettingsFile, type SettingsFile } from './storage/settings.ts'
import { sweepTrash } from './storage/trash.ts'
import { receiveUpload } from './storage/uploads.ts'
import { sweepUploads } from './storage/uploads-sweep.ts'
import { createWorkspace, type Workspace } from './storage/workspace.ts'

/** Bodies older than this that are of no entry of the history go, and the oldest before that where they take more than the budget. */
const BODY_LIMITS = { olderThanMs: 7 * 24 * 3600 * 1000, maxBytes: 4 * 1024 ** 3 }

const DAY_MS = 24 * 3600 * 1000
/** Deleted items can be had back for this long. */
const TRASH_KEPT_MS = 30 * DAY_MS
/** Earlier versions of files: a request file takes a few KiB. */
const BACKUP_LIMITS = { olderThanMs: 180 * DAY_MS, maxBytes: 512 * 1024 ** 2 }
/** Uploads that nothing refers to stay this long, for an undo. */
const UPLOADS_KEPT_MS = 7 * DAY_MS

export interface SendOnceInput {
  readonly document: RequestDocument
  /** What relative file paths are relative to. */
  readonly root: string
  /** Its file, whose collection says what is around it; null: it is in none. */
  readonly file: string | null
  readonly choice: Choice
  readonly overrides: { readonly timeoutSeconds?: number; readonly insecure?: boolean }
  readonly signal: AbortSignal
  readonly onStep?: (step: ExchangeStep) => void
  /** Of an upload in parts: the part to begin with, from 1. */
  readonly fromPart?: number
}

export interface Core {
  readonly call: (name: string, input: unknown, context: CallContext) => Promise<Result<unknown, WireError>>
  /** Every event goes to every listener; what it returns takes the listener off. */
  readonly on: (listener: (event: AnyEvent) => void) => () => void
  /** A body's bytes, for a host to stream; null where there is no such body. `end` is inclusive. */
  readonly openBody: (id: string) => Promise<OpenedBody | null>
  /** Lets a window save a body to this path, once: the user has chosen it in a dialog of the host. */
  readonly grantWrite: (path: string) => void
  /** A body into a file at an absolute path. */
  readonly saveBody: (id: BodyId, path: string, signal: AbortSignal) => Promise<Result<unknown, WireError>>
  readonly receiveUpload: (name: string, stream: Readable) => Promise<Result<{ path: string; bytes: number }, WireError>>
  /** For a caller without windows: reads a request file, or its text. */
  readonly readRequestFile: (source: RequestFileSource) => Promise<Result<ReadRequestFile, WireError>>
  /** For a caller without windows: one send, awaited. */
  readonly sendOnce: (input: SendOnceInput) => Promise<SentOnce>
  /** Puts everything away: exchanges are cancelled, what is being written is finished. */
  readonly close: () => Promise<void>
}

export interface OpenedBody {
  readonly bytes: number
  readonly stream: (range?: { readonly start: number; readonly end: number }) => Readable
}

/** Make a core over a data folder. Starts even where that folder cannot be written; `app.info` then says so. */
export async function createCore(ports: CorePorts): Promise<Core> {
  const events = createEvents(ports.log)
  const problem = await prepareDataDir(ports.dataDir)
  if (problem) ports.log(`${problem.message} ${problem.parts.hint ?? ''}`.trim())
  // Said once: what follows from it is no news.
  const log = problem ? () => undefined : ports.log
  const parts = await createParts({ ...ports, log }, events, problem)
  const { bodies, workspace, drafts, exchanges, history } = parts
  const granted = new Set<string>()
  const dispatch: Dispatch = createDispatch(
    {
      ...appHandlers(ports, () => problem?.toWire() ?? null),
      ...settingsHandlers(parts.settings, (settings) => history.configure(settings.history)),
      ...historyHandlers(history, exchanges, parts.secretsAround),
      ...workspaceHandlers(workspace, parts.guard),
      ...draftHandlers(drafts, (payload) => events.emit({ name: 'draft.changed', payload })),
      ...layerDraftHandlers(drafts, (payload) => events.emit({ name: 'layerDraft.changed', payload })),
      ...fileHandlers(workspace.rootOf),
      ...bodyTreeHandlers(createBodyTrees(bodies, parts.views.tools)),
      ...compareHandlers(bodies),
      ...exampleHandlers({ requests: workspace.requests, bodies, guard: parts.guard, now: ports.now }),
      ...bodyHandlers({ views: parts.views, store: bodies, mayWrite: (path) => granted.delete(path) }),
      ...recordHandlers(createRecordViews(bodies)),
      ...bodyQueryHandlers(parts.queries),
      ...bodySearchHandlers(parts.search),
      ...exchanges.handlers,
      ...answerHandlers(parts, events),
      ...cookieHandlers(parts.jars),
      ...parts.oauth2.handlers,
      ...parts.ofCollections,
    },
    events.report,
  )
  // A host that lives long tidies up; a one-shot command leaves that to it.
  if (ports.watch && problem === null) void tidyUp(ports, parts, events)
  return {
    call: dispatch,
    on: events.on,
    openBody: (id) => openBody(bodies, id),
    grantWrite: (path) => void granted.add(path),
    saveBody: (id, path, signal) => events.asResult(() => saveBody(bodies, id, path, signal), 'saving a body'),
    receiveUpload: (name, stream) => events.asResult(() => receiveUpload(ports.dataDir, name, stream), 'receiving an upload'),
    readRequestFile: (source) => events.asResult(() => readRequestFile(source), 'reading a request file'),
    sendOnce: ({ overrides, file, ...input }) =>
      exchanges.sendOnce({ ...input, place: file === null ? null : { file }, document: overridden(input.document, overrides) }),
    close: async () => {
      parts.oauth2.close()
      await exchanges.close()
      await history.close()
      await Promise.all([
        parts.pool.close(),
        parts.search.close(),
        parts.views.closeAll(),
        parts.queries.closeAll(),
        workspace.close(),
        drafts.close(),
        parts.jars.close(),
        parts.echo.close(),
      ])
      if (problem === null) await bodies.flush()
      if (parts.spare !== null) await rm(parts.spare, { recursive: true, force: true })
    },
  }
}

/** What is done with answers besides reading their bodies. */
function answerHandlers(
  { exchanges, bodies, workspace, around }: Parts,
  { emit }: Events,
): ReturnType<typeof harHandlers> & ReturnType<typeof pagesHandlers> {
  return {
    ...harHandlers(bodies),
    ...pagesHandlers({
      exchanges,
      bodies,
      urlOf: async (input) => (await prepareFor(subjectFrom(input, workspace.rootOf), around)).preview.url,
      rootOf: workspace.rootOf,
      emit: (payload) => emit({ name: 'pages.progressed', payload }),
    }),
/** Serves the saved examples of a folder; needs no core and no data folder. */
export async function startMock(options: MockServerOptions): Promise<Result<MockServer, WireError>> {
  try {
    // Loaded here: no other command has a use for it.
    const { startMockServer } = await import('./mock/mock-server.ts')
    return ok(await startMockServer(options))
  } catch (error) {
    if (error instanceof CoreError) return failed(error.toWire())
    throw error
  }
}

/** Removes what nobody needs any more, in the background; where that fails, it is tried again at the next start. */
async function tidyUp(
  { dataDir, now, log }: CorePorts,
  { bodies, workspace, history }: Pick<Parts, 'bodies' | 'workspace' | 'history'>,
  events: Events,
): Promise<void> {
  await bodies.sweep(BODY_LIMITS, history.keptBodies).catch((error: unknown) => events.report(error, 'sweeping old bodies'))
  try {
    await sweepTrash(dataDir, TRASH_KEPT_MS, now())
    await sweepRemovedJars(dataDir, TRASH_KEPT_MS, now())
    await sweepBackups(dataDir, BACKUP_LIMITS, now())
    await sweepUploads({ dataDir, roots: workspace.roots, olderThanMs: UPLOADS_KEPT_MS, now: now() })
  } catch (error) {
    log(`Old uploads and deleted items were left where they are: ${messageOf(error)}`)
  }
}

type Parts = Awaited<ReturnType<typeof createParts>>

/** Every part, joined to those it needs. None does anything before it is asked. */
async function createParts(ports: CorePorts, events: Events, problem: CoreError | null) {
  const { dataDir, log, now, watch, env, hostCipher = null } = ports
  const { emit, report } = events
  // Where the data folder cannot be written, bodies that are too large for memory are kept until the process ends.
  const spare = problem && (await makeOwnFolder({ dir: tmpdir(), prefix: 'posthaste-bodies' }).catch(() => null))
  const bodies = createBodyStore({ dir: spare ?? join(dataDir, 'bodies'), now })
  const vault = createSecretVault({ dir: join(dataDir, 'secrets'), hostCipher, log })
  /** A damaged file of the user's is told of where it is missed, not in the log alone. */
  const tellOfDamage = (line: string): void => {
    log(line)
    emit({ name: 'bug.reported', payload: { error: new CoreError('Unreadable', 'store', line).toWire() } })
  }
  const settings = createSettingsFile(dataDir, tellOfDamage)
  const history = historyOf({ ports, events, problem }, bodies, settings)
  const workspace = workspaceOf({ ports, events, problem }, history, vault)
  const jars = createJars({ dataDir, log, watch, onChanged: (jar) => emit({ name: 'cookies.changed', payload: { jar } }) })
  const pool = createConnectionPool()
  const echo = createEchoServer({ version: VERSION })
  const jarFor = async (key: JarKey): Promise<SessionCookies> => (await jars.jar(key)).cookies
  const basis = {
    pool,
    bodies,
    jarFor,
    env,
    now,
    digest: createDigestMemory(),
    echoUrl: () => echo.url(),
    settings: collectionSettings(workspace, vault),
  }
  const tokens = createTokenKeeper(vault, basis)
  const around = { ...basis, tokens, tokenFor: tokens.atHand, rootOf: workspace.rootOf }
  const exchanges = createExchanges({
    ...around,
    emit: (payload) => emit({ name: 'exchange.progressed', payload }),
    record: history.record,
    report,
  })
  const views = createBodyViews({ store: bodies, dir: join(dataDir, 'views') })
  const search = createBodySearch({ textOf: views.text })
  const guard = createSecretGuard(workspace, vault)
  const ofCollections = {
    ...collectionSettingsHandlers(workspace, { vault, guard }, pool, createSessionJars(jars, dataDir, tellOfDamage)),
    ...variablesHandlers(around),
  }
  return {
    bodies,
    workspace,
    guard,
    around,
    secretsAround: secretsAround(basis.settings, vault),
    settings,
    ofCollections,
    history,
    jars,
    pool,
    echo,
    exchanges,
    oauth2: oauth2Handlers(around),
    views,
    queries: createBodyQueries({ store: bodies, dir: join(dataDir, 'views') }),
    search,
    drafts: createDrafts(dataDir, tellOfDamage),
    spare,
  }
}

/** What parts are made in. */
interface Making {
  readonly ports: CorePorts
  readonly events: Events
  /** Why the data folder cannot be used; null where it can. */
  readonly problem: CoreError | null
}

function historyOf(
  { ports: { dataDir, now, watch, log }, events: { emit, report }, problem }: Making,
  bodies: BodyStore,
  settings: SettingsFile,
): History {
  return createHistory({
    dataDir,
    bodies,
    settings: async () => (await settings.read()).history,
    now,
    isLasting: watch,
    problem,
    onProblem: (error) => {
      log(error.message)
      emit({ name: 'bug.reported', payload: { error } })
    },
    report,
    onChanged: (added) => emit({ name: 'history.changed', payload: { added: [...added] } }),
  })
}

function workspaceOf(
  { ports: { dataDir, watch }, events: { emit, report }, problem }: Making,
  history: History,
  vault: SecretVault,
): Workspace {
  return createWorkspace({
    dataDir,
    vault,
    watch,
    onChanged: (collections, moved) => {
      history.moved(moved)
      emit({ name: 'workspace.changed', payload: { collections, moved } })
    },
    report: (error) => {
      if (problem !== null && isOfDataDir(dataDir, error)) return
      emit({ name: 'bug.reported', payload: { error: error instanceof CoreError ? error.toWire() : report(error, 'the workspace') } })
    },
  })
}

interface Events {
  readonly on: Core['on']
  readonly emit: (event: AnyEvent) => void
  /** Logs what should not have happened, and says what of it may be shown. */
  readonly report: (error: unknown, during: string) => WireError
  /** Runs work whose expected failures are values. */
  readonly asResult: <T>(work: () => Promise<T>, during: string) => Promise<Result<T, WireError>>
}

function createEvents(log: (line: string) => void): Events {
  const listeners = new Set<(event: AnyEvent) => void>()
  const report: Events['report'] = (error, during) => {
    log(`Bug at ${during}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return bugError(error, during)
  }
  return {
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
    report,
    asResult: async (work, during) => {
      try {
        return ok(await work())
      } catch (error) {
        return failed(error instanceof CoreError ? error.toWire() : report(error, during))
      }
    },
  }
}

/** The document with what the command line says in place of its own options. */
function overridden(document: RequestDocument, overrides: SendOnceInput['overrides']): RequestDocument {
  const { timeoutSeconds, insecure } = overrides
  return {
    ...document,
    options: {
      ...document.options,
      ...(timeoutSeconds !== undefined && { timeout: { ...document.options.timeout, connect: timeoutSeconds, read: timeoutSeconds } }),
      ...(insecure === true && { verify: false }),
    },
  }
}

async function openBody(bodies: BodyStore, text: string): Promise<OpenedBody | null> {
  const id = BodyIdSchema.safeParse(text)
  const found = id.success ? await bodies.stat(id.data) : null
  if (!id.success || !found) return null
  return {
    bytes: found.bytes,
    stream: (range) => bodies.stream(id.data, range && { offset: range.start, length: range.end - range.start + 1 }),
  }
}
