/**
 * Runs: begins them, steers those under way, and shows those that are kept. Joins the engine, what sends, and the files of
 * the results; which requests are run is decided before.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ScriptFlow } from '#contract/model/checks.ts'
import type { WireError } from '#contract/errors.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import type { RunId, RunProgress, RunResult } from '#contract/model/run.ts'
import { isRunOver } from '#contract/model/run-facts.ts'
import { methodShown } from '#contract/model/method-shown.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { maskFor, type Mask } from '../history/mask.ts'
import { isSecretVariable } from '../import/credential-names.ts'
import { CoreError } from '../lib/core-error.ts'
import { environmentChain } from '../resolve/scopes.ts'
import { keptResult } from './kept-result.ts'
import { createResultsReader, type ResultsReader } from './results-reader.ts'
import { createResultsWriter, type ResultsWriter } from './results-writer.ts'
import { startEngine, type Engine, type Flow, type Iteration } from './run-engine.ts'
import { rowOf as dataRowOf, type RunPlan } from './run-plan.ts'
import type { RunFile, RunShelf } from './run-shelf.ts'
import { viewOf, type RunView } from './run-views.ts'
import { errorIn, sendingOf, type SendDeps } from './send-in-run.ts'
import { resultOf, rowOf } from './stored-result.ts'

export interface RunnerDeps extends SendDeps {
  readonly shelf: RunShelf
  readonly onProgress: (progress: RunProgress) => void
}

/** Of a caller that is in the same process as the run. */
export interface RunHooks {
  /** Whether the chosen session wins over the one that a request names. */
  readonly sessionWins?: boolean
  readonly signal?: AbortSignal
  /** All is checked, and nothing sent yet. */
  readonly onStart?: () => void
  readonly onResult?: (result: RunResult) => void
  readonly onProgress?: (progress: RunProgress) => void
  /** The last request of the last iteration, while its bodies are there. */
  readonly onLast?: (exchange: Exchange, bodies: Pick<BodyStore, 'path'>) => Promise<void>
}

export interface StartedRun {
  readonly id: RunId
  /** How it ended. Never rejects: a run that could not go on is `failed`. */
  readonly finished: Promise<RunFile>
}

export interface OpenRun {
  readonly view: RunView
  readonly reader: ResultsReader
}

export interface Runner {
  /** @throws {CoreError} `NotFound` for an environment or a session that is not there; `StorageError` */
  readonly start: (plan: RunPlan, hooks?: RunHooks) => Promise<StartedRun>
  readonly engineOf: (id: RunId) => Engine | null
  readonly list: () => Promise<Omit<RunView, 'index'>[]>
  /** @throws {CoreError} `NotFound` */
  readonly open: (id: RunId) => Promise<OpenRun>
  /** @throws {CoreError} `Unavailable` while it is under way */
  readonly remove: (id: RunId) => Promise<void>
  /** Stops what is under way and waits for it. */
  readonly close: () => Promise<void>
}

interface LiveRun {
  file: RunFile
  readonly engine: Engine
  readonly writer: ResultsWriter
  readonly reader: ResultsReader
  readonly finished: Promise<RunFile>
}

export function createRunner(deps: RunnerDeps): Runner {
  const { shelf } = deps
  const live = new Map<RunId, LiveRun>()
  /** The one that was looked at last and is over, with its index: a window asks for its rows again and again. */
  let lastOpen: OpenRun | null = null
  return {
    start: async (plan, hooks = {}) => {
      const run = await begin(plan, hooks, deps)
      live.set(run.file.id, run)
      void run.finished.then(() => live.delete(run.file.id))
      return { id: run.file.id, finished: run.finished }
    },
    engineOf: (id) => live.get(id)?.engine ?? null,
    list: async () => {
      const files = await shelf.list()
      return Promise.all(
        files.map(async (file) => {
          const run = live.get(file.id)
          if (run) return liveView(run)
          // Numbers of a run that was cut off are in its index alone.
          return file.counts === null ? viewOf(file, await shelf.indexOf(file.id)) : keptView(file)
        }),
      )
    },
    open: async (id) => {
      const run = live.get(id)
      if (run) return { view: liveView(run), reader: run.reader }
      if (lastOpen?.view.file.id === id) return lastOpen
      const view = viewOf(await shelf.read(id), await shelf.indexOf(id))
      const opened = { view, reader: createResultsReader({ dir: shelf.dirOf(id), index: view.index, requests: view.file.requests }) }
      if (isRunOver(view.state)) lastOpen = opened
      return opened
    },
    remove: async (id) => {
      const { state } = live.has(id) ? { state: 'running' as const } : await shelf.read(id)
      if (!isRunOver(state)) throw new CoreError('Unavailable', 'call', 'The run is under way.', { hint: 'Stop it first.' })
      if (lastOpen?.view.file.id === id) lastOpen = null
      await shelf.remove(id)
    },
    close: async () => {
      for (const { engine } of live.values()) engine.stop()
      await Promise.all([...live.values()].map(({ finished }) => finished))
    },
  }
}

function keptView(file: RunFile): Omit<RunView, 'index'> {
  const { counts, elapsedMs, state } = file
  if (counts === null) throw new Error('A run without counts is counted from its index.')
  return { file, state, counts, elapsedMs: elapsedMs ?? 0 }
}

function liveView({ file, engine, writer }: LiveRun): RunView {
  const { state, counts, elapsedMs } = engine.progress()
  return { file, index: writer.index, state, counts, elapsedMs }
}

async function begin(plan: RunPlan, hooks: RunHooks, deps: RunnerDeps): Promise<LiveRun> {
  checkChoice(plan)
  const { shelf } = deps
  const file = fileOf(plan, shelf.newId(deps.now()), deps.now())
  const dir = await shelf.make(file)
  const writer = await createResultsWriter(dir)
  const { options, requests, iterations } = plan
  const bodiesDir = join(dir, 'bodies')
  const told = (progress: RunProgress): void => {
    hooks.onProgress?.(progress)
    deps.onProgress(progress)
  }
  hooks.onStart?.()
  const engine = startEngine({
    names: requests.map(({ name }) => name),
    iterations,
    parallel: options.parallel,
    delayMs: options.delayMs,
    bail: options.bail,
    begin: iterationsOf(plan, hooks, writer, sendingOf(plan, deps, bodiesDir, hooks.sessionWins ?? false)),
    // The last word is told once the results are in their file.
    onProgress: (progress) => (isRunOver(progress.state) ? undefined : told({ runId: file.id, ...progress })),
    signal: hooks.signal,
  })
  const finished = ended(file, engine, writer, deps).then(async (over) => {
    await rm(bodiesDir, { recursive: true, force: true }).catch(() => undefined)
    run.file = over
    told({ runId: file.id, ...engine.progress(), state: over.state })
    return over
  })
  const reader = createResultsReader({ dir, index: writer.index, requests: file.requests, flush: writer.flush })
  const run: LiveRun = { file, engine, writer, reader, finished }
  return run
}

/** Waits for the engine, and writes how it ended. A run that could not go on says why, as far as that can still be written. */
async function ended(file: RunFile, engine: Engine, writer: ResultsWriter, { shelf, report }: RunnerDeps): Promise<RunFile> {
  let error: WireError | null = null
  const told = (failure: unknown): void => {
    error ??= failure instanceof CoreError ? failure.toWire() : report(failure, 'a run')
  }
  const state = await engine.finished.catch((failure: unknown) => {
    told(failure)
    return 'failed' as const
  })
  await writer.close().catch(told)
  const { counts, elapsedMs } = engine.progress()
  const over: RunFile = { ...file, state: error === null ? state : 'failed', counts, elapsedMs, error }
  await shelf.save(over).catch(told)
  return error === null ? over : { ...over, state: 'failed', error }
}

function iterationsOf(
  plan: RunPlan,
  { onResult, onLast }: RunHooks,
  writer: ResultsWriter,
  sending: ReturnType<typeof sendingOf>,
): (number: number) => Iteration {
  const { requests, options } = plan
  return (number) => {
    const { send } = sending(number)
    const secrets = secretsGiven(plan, number)
    const ownMask = maskFor(secrets)
    const data = Object.fromEntries(Object.entries(dataRowOf(plan, number)).map(([name, value]) => [name, ownMask?.(value) ?? value]))
    const run: Iteration['run'] = async (item, startedAt, signal) => {
      const request = requests[item]
      if (!request) throw new RangeError(`The run has no request ${item}.`)
      return send(request, signal, async ({ exchange, mask }, bodies) => {
        if (signal.aborted && exchange.error?.kind === 'Cancelled') return null
        const asked = exchange.checks?.flow
        const error = asked?.isSkipped === true ? null : errorIn(exchange, plan, number)
        const both = joined(mask, ownMask)
        const kept = await keptResult({ exchange, mask: both, typedUrl: request.document.url, data, error }, bodies, options.failOnStatus)
        const record = { ...kept.record, item, iteration: number, startedAt }
        const index = writer.index.count()
        const wait = writer.add(record, kept.line)
        onResult?.(
          resultOf(
            rowOf(index, { ...record, offset: 0 }, kept.line, { name: request.name, method: methodShown(request.document) }),
            kept.line,
          ),
        )
        if (onLast && number === plan.iterations && item === requests.length - 1) await onLast(exchange, bodies)
        if (wait) await wait
        const { isFailed, isError, checksPassed, checksFailed, bytes } = record
        return {
          kind: record.isSkipped ? 'skipped' : isFailed ? 'failed' : 'passed',
          isError,
          checksPassed,
          checksFailed,
          bytes,
          ...flowOf(asked),
        }
      })
    }
    return { number, run }
  }
}

/** What scripts ask of the run. */
function flowOf(asked: ScriptFlow | undefined): { readonly flow?: Flow } {
  if (asked?.stops === true) return { flow: { kind: 'stop' } }
  return asked?.next === undefined ? {} : { flow: { kind: 'next', name: asked.next } }
}

/** Values that were given by hand or stand in the data, of names that are called like a secret. */
function secretsGiven(plan: RunPlan, iteration: number): string[] {
  const entries = [...Object.entries(dataRowOf(plan, iteration)), ...Object.entries(plan.options.given)]
  return entries.flatMap(([name, value]) => (isSecretVariable(name, value) ? [value] : []))
}

function joined(one: Mask | null, other: Mask | null): Mask | null {
  if (one === null || other === null) return one ?? other
  return (text) => other(one(text))
}

function fileOf(plan: RunPlan, id: RunId, now: number): RunFile {
  const { given, ...options } = plan.options
  return {
    id,
    pid: process.pid,
    name: options.name.trim() === '' ? plan.name : options.name,
    collectionId: plan.collectionId,
    place: plan.place,
    startedAt: new Date(now).toISOString(),
    elapsedMs: null,
    state: 'running',
    counts: null,
    options,
    givenNames: Object.keys(given),
    iterations: plan.iterations,
    requests: plan.requests.map(({ nodeId, name, folders, document }) => ({
      nodeId,
      name,
      folders: [...folders],
      method: methodShown(document),
      url: document.url,
    })),
    notes: [...plan.notes, ...(plan.data?.table.warnings ?? [])],
    error: null,
  }
}

/** What is chosen has to be there before the first request is sent. */
function checkChoice({ requests, options: { environment, session } }: RunPlan): void {
  if (requests.length === 0) throw new CoreError('InvalidCall', 'call', 'There is no request to run.')
  for (const layers of new Set(requests.map((request) => request.layers))) {
    environmentChain(environment, layers)
    const known = [...new Set([DEFAULT_SESSION, ...layers.sessions.map(({ name }) => name)])]
    // Outside a collection a session is but a name for a jar.
    if (session === null || layers.name === '' || known.includes(session)) continue
    throw new CoreError('NotFound', 'resolve', `There is no session “${session}”: ${layers.name} has none of that name.`, {
      hint: `There are: ${known.join(', ')}.`,
    })
  }
}
