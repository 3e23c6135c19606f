/** The parts of the core, each made and joined to those it needs. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JarKey } from '#contract/model/cookie.ts'
import { createDigestMemory } from './auth/digest-memory.ts'
import { createBodyStore, type BodyStore } from './bodies/body-store.ts'
import { createBodyQueries } from './bodies/body-queries.ts'
import { createQueryWorker } from './bodies/query-worker-client.ts'
import { createAnswerChecks, type AnswerChecks } from './commands/answer-checks.ts'
import type { KeepDeps } from './commands/keep-captures.ts'
import { createBodySearch } from './bodies/body-search.ts'
import { createBodyViews } from './bodies/body-views.ts'
import { createViewFiles } from './bodies/view-files.ts'
import { makeOwnFolder, ownFolderPath } from './bodies/own-folder.ts'
import { createExchanges, type ExchangeDeps } from './commands/exchange.ts'
import { oauth2Handlers } from './commands/oauth2.ts'
import { collectionSettings } from './commands/collection-layers.ts'
import type { CollectionSettings } from './commands/prepare-for.ts'
import { collectionSettingsHandlers } from './commands/collection-settings.ts'
import { variablesHandlers } from './commands/variables.ts'
import { createTokenKeeper } from './commands/token-keeper.ts'
import { createUnfinishedUploads } from './commands/unfinished-uploads.ts'
import { secretsAround } from './commands/known-secrets.ts'
import { createSecretGuard } from './commands/secret-guard.ts'
import { createWorkspaceNews, type WorkspaceNews } from './commands/workspace-news.ts'
import { socketHandlers } from './commands/websockets.ts'
import { createEchoServer, type EchoServer } from './echo/echo-server.ts'
import { createHistory, type History } from './history/history-store.ts'
import { createJars, type Jars } from './jars/jars.ts'
import { createSessionJars } from './jars/session-jars.ts'
import { CoreError, messageOf } from './lib/core-error.ts'
import { VERSION } from './lib/version.ts'
import type { CorePorts } from './ports.ts'
import { createRunShelf } from './runner/run-shelf.ts'
import { createRunner, type RunnerDeps } from './runner/runner.ts'
import { createScriptThreads } from './scripts/script-threads.ts'
import { createConnectionPool, type ConnectionPool } from './send/connection-pool.ts'
import type { SessionCookies } from './send/session-cookies.ts'
import { isOfDataDir } from './storage/data-dir.ts'
import { createDrafts } from './storage/drafts.ts'
import { createSecretVault, type SecretVault } from './storage/secret-vault.ts'
import { createSettingsFile, type SettingsFile } from './storage/settings.ts'
import { watchSettings } from './storage/watch-settings.ts'
import { createWorkspace, type Workspace } from './storage/workspace.ts'
import type { CoreEvents } from './core-events.ts'

/** Bodies that go when the process ends. */
export const PASSING_BODIES = { dir: tmpdir(), prefix: 'posthaste-bodies' }

export type Parts = Awaited<ReturnType<typeof createParts>>

/** Every part, joined to those it needs. None does anything before it is asked. */
export async function createParts(ports: CorePorts, events: CoreEvents, problem: CoreError | null) {
  const { dataDir, overflowDir = null, log, now, watch, hostCipher = null } = ports
  const { emit } = events
  const passing = await passingFolders(watch, problem)
  const bodies = createBodyStore({ dir: passing.spare ?? join(dataDir, 'bodies'), now, overflowDir: overflowDir ?? passing.overflow })
  const vault = createSecretVault({ dir: join(dataDir, 'secrets'), hostCipher, log })
  const tellOfDamage = damageTeller(log, emit)
  const settings = createSettingsFile(dataDir, tellOfDamage)
  const history = historyOf({ ports, events, problem }, bodies, settings)
  const settingsWatch = watchSettings(settings, { dataDir, watches: watch && problem === null, log }, (state) => {
    history.configure(state.settings.history)
    emit({ name: 'settings.changed', payload: state })
  })
  const news = createWorkspaceNews((payload) => emit({ name: 'workspace.changed', payload }))
  const workspace = workspaceOf({ ports, events, problem }, { history, vault, news })
  const jars = jarsOf({ ports, events, problem })
  const pool = createConnectionPool()
  const echo = createEchoServer({ version: VERSION })
  const basis = basisOf(ports, { pool, bodies, jars, echo, settings: collectionSettings(workspace, vault, optionsFrom(settings)) })
  const tokens = createTokenKeeper(vault, basis)
  const around = { ...basis, tokens, tokenFor: tokens.atHand, rootOf: workspace.rootOf }
  const checks = checksOf({ bodies, workspace, vault }, join(dataDir, 'views'))
  const uploads = createUnfinishedUploads(dataDir, log, { record: history.record, written: () => history.list({}, null, 1) })
  const exchanges = createExchanges({ ...around, ...exchangeNeeds(events, history), checks: checks.make, uploads })
  const runsDir = join(passing.spare ?? dataDir, 'runs')
  const runner = createRunner({ ...around, ...runnerNeeds(runsDir, events), jars, vault, checksWith: checks.makeWith })
  const guard = createSecretGuard(workspace, vault)
  return {
    bodies,
    workspace,
    news,
    vault,
    guard,
    around,
    secretsAround: secretsAround(basis.settings),
    settings,
    settingsWatch,
    ofCollections: {
      ...collectionSettingsHandlers(workspace, { vault, guard }, pool, createSessionJars(jars, dataDir, tellOfDamage)),
      ...variablesHandlers(around),
    },
    history,
    jars,
    pool,
    echo,
    exchanges,
    uploads,
    checks,
    runner,
    sockets: socketHandlers({ ...around, portOf: exchanges.portOf }),
    oauth2: oauth2Handlers(around),
    ...readersOf(bodies, join(dataDir, 'views')),
    drafts: createDrafts(dataDir, tellOfDamage),
    passing,
  }
}

/** Where large bodies are kept that the data folder cannot take, until the process ends. */
async function passingFolders(
  isLasting: boolean,
  problem: CoreError | null,
): Promise<Readonly<Record<'spare' | 'overflow', string | null>>> {
  if (problem) return { spare: await makeOwnFolder(PASSING_BODIES).catch(() => null), overflow: null }
  // A window has no file that an answer is for, as a command line has. The folder is made when its disk is full.
  return { spare: null, overflow: isLasting ? ownFolderPath(PASSING_BODIES) : null }
}

/** A file that cannot be read keeps nothing from being sent: what it would say is the default, and that is told. */
function optionsFrom(settings: SettingsFile): CollectionSettings['optionsOfSettings'] {
  return async () => (await settings.state()).settings.defaults
}

/** A damaged file of the user's is told of where it is missed, not in the log alone. */
function damageTeller(log: CorePorts['log'], emit: CoreEvents['emit']): (line: string) => void {
  return (line) => {
    log(line)
    emit({ name: 'bug.reported', payload: { error: new CoreError('Unreadable', 'store', line).toWire() } })
  }
}

interface BasisParts {
  readonly pool: ConnectionPool
  readonly bodies: BodyStore
  readonly jars: Jars
  readonly echo: EchoServer
  readonly settings: CollectionSettings
}

/** What is around every send. */
function basisOf({ env, now }: CorePorts, { pool, bodies, jars, echo, settings }: BasisParts) {
  const jarFor = async (key: JarKey): Promise<SessionCookies> => (await jars.jar(key)).cookies
  return {
    pool,
    bodies,
    jarFor,
    env,
    now,
    digest: createDigestMemory(),
    echoUrl: () => echo.url(),
    settings,
    scripts: createScriptThreads(),
  }
}

function exchangeNeeds({ emit, report }: CoreEvents, { record }: History): Pick<ExchangeDeps, 'emit' | 'record' | 'report'> {
  return { emit: (payload) => emit({ name: 'exchange.progressed', payload }), record, report }
}

function runnerNeeds(dir: string, { emit, report }: CoreEvents): Pick<RunnerDeps, 'shelf' | 'onProgress' | 'report'> {
  return { shelf: createRunShelf(dir), onProgress: (payload) => emit({ name: 'run.progressed', payload }), report }
}

/** What looks at answers, with a query worker of its own: checks never wait for what is typed into a filter. */
function checksOf({ bodies, workspace, vault }: { bodies: BodyStore; workspace: Workspace; vault: SecretVault }, dir: string) {
  const worker = createQueryWorker()
  const files = createViewFiles(dir)
  /** Over other bodies, with captures handed to others. */
  const makeWith = (own: BodyStore, keep: KeepDeps): AnswerChecks =>
    createAnswerChecks({ bodies: own, worker, scratch: files.next, ...keep })
  const close = async (): Promise<void> => {
    await worker.close()
    await files.close()
  }
  return { make: makeWith(bodies, { workspace, vault }), makeWith, close }
}

/** What reads stored bodies. @param dir for what is made of them */
function readersOf(store: BodyStore, dir: string) {
  const views = createBodyViews({ store, dir })
  return { views, queries: createBodyQueries({ store, dir, shares: views.tools.shares }), search: createBodySearch({ textOf: views.text }) }
}

/** What parts are made in. */
interface Making {
  readonly ports: CorePorts
  readonly events: CoreEvents
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
  { ports, events, problem }: Making,
  { history, vault, news }: { readonly history: History; readonly vault: SecretVault; readonly news: WorkspaceNews },
): Workspace {
  const { dataDir, watch } = ports
  return createWorkspace({
    dataDir,
    vault,
    watch,
    onChanged: (collections, moved) => {
      history.moved(moved)
      news.tell(collections, moved)
    },
    report: problemTeller({ ports, events, problem }, 'the workspace'),
  })
}

function jarsOf(making: Making): Jars {
  const { dataDir, log, watch } = making.ports
  const tell = problemTeller(making, 'the cookies')
  return createJars({
    dataDir,
    log,
    watch,
    onUnwritten: (error) => {
      log(messageOf(error))
      tell(error)
    },
    onChanged: (jar) => making.events.emit({ name: 'cookies.changed', payload: { jar } }),
  })
}

/** Tells windows of what nobody waits for; not of what follows from the data folder's problem, which is told already. */
function problemTeller({ ports: { dataDir }, events: { emit, report }, problem }: Making, during: string): (error: unknown) => void {
  return (error) => {
    if (problem !== null && isOfDataDir(dataDir, error)) return
    emit({ name: 'bug.reported', payload: { error: error instanceof CoreError ? error.toWire() : report(error, during) } })
  }
}
