/**
 * The composition root: makes every part of the core, joins them, and hands out the few doors a host uses. Parts that
 * are slow to load or not always needed (the transport, the echo server) are made when first asked for.
 */
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import type { WireError } from '#contract/errors.ts'
import type { ExchangeStep } from '#contract/model/exchange.ts'
import { BodyIdSchema, type BodyId } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import type { BodyStore } from './bodies/body-store.ts'
import { saveBody } from './bodies/save-body.ts'
import type { RunOnce, RunOnceInput } from './commands/run-once.ts'
import type { ExportOnceInput } from './commands/export.ts'
import type { Exported } from './export/export-tree.ts'
import type { SentOnce } from './commands/send-once.ts'
import { overridden, type Overrides } from './commands/overrides.ts'
import type { Choice } from './commands/prepare-for.ts'
import type { CallContext, Dispatch } from './dispatch.ts'
import { CoreError } from './lib/core-error.ts'
import type { MockServer, MockServerOptions } from './mock/mock-server.ts'
import type { CorePorts } from './ports.ts'
import { prepareDataDir } from './storage/data-dir.ts'
import { readRequestFile, type ReadRequestFile, type RequestFileSource } from './storage/request-file.ts'
import { receiveUpload } from './storage/uploads.ts'
import { createUnfinishedDownloads, type UnfinishedDownloads } from './storage/unfinished-downloads.ts'
import { createEvents, type CoreEvents } from './core-events.ts'
import { createParts, type Parts } from './create-parts.ts'
import type { Doors } from './core-handlers.ts'
import { tidyUp } from './tidy-up.ts'

export type { BegunRun, RunOnce, RunOnceInput } from './commands/run-once.ts'

export interface SendOnceInput {
  readonly document: RequestDocument
  /** What relative file paths are relative to. */
  readonly root: string
  /** Its file, whose collection says what is around it; null: it is in none. */
  readonly file: string | null
  readonly choice: Choice
  readonly overrides: Overrides
  readonly signal: AbortSignal
  readonly onStep?: (step: ExchangeStep) => void
  /** Of an upload in parts: the part to begin with, from 1. */
  readonly fromPart?: number
  /** Asks for the rest of an answer that broke off only. */
  readonly resume?: ResumePoint
}

export interface Core {
  readonly call: (name: string, input: unknown, context: CallContext) => Promise<Result<unknown, WireError>>
  /** Every event goes to every listener; what it returns takes the listener off. */
  readonly on: CoreEvents['on']
  /** A body's bytes, for a host to stream; null where there is no such body. `end` is inclusive. */
  readonly openBody: (id: string) => Promise<OpenedBody | null>
  /** Lets a window save a body to this path, once: the user has chosen it in a dialog of the host. */
  readonly grantWrite: (path: string) => void
  /** A body into a file at an absolute path; a large one may then be one file with the kept body. */
  readonly saveBody: (id: BodyId, path: string, signal: AbortSignal, mayShare: boolean) => Promise<Result<unknown, WireError>>
  readonly receiveUpload: (name: string, stream: Readable) => Promise<Result<{ path: string; bytes: number }, WireError>>
  /** For a caller without windows: reads a request file, or its text. */
  readonly readRequestFile: (source: RequestFileSource) => Promise<Result<ReadRequestFile, WireError>>
  /** For a caller without windows: one send, awaited. */
  readonly sendOnce: (input: SendOnceInput) => Promise<SentOnce>
  /** For a caller without windows: begins a run of what paths name. */
  readonly runOnce: (input: RunOnceInput) => Promise<Result<RunOnce, WireError>>
  /** For a caller without windows: a request's file or a folder in another format. */
  readonly exportOnce: (input: ExportOnceInput) => Promise<Result<Exported, WireError>>
  /** Of what such a caller wrote to files: which have only a part of an answer. */
  readonly unfinished: UnfinishedDownloads
  /** The machine has woken from sleep. */
  readonly wake: () => void
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
  // A window asks for the last answer of each tab as soon as it is there.
  if (ports.watch && problem === null) await parts.uploads.recover()
  const granted = new Set<string>()
  const { call, loaded } = answering(ports, parts, events, { problem, granted })
  // A host that lives long has windows that ask for the collections, and tidies up; a one-shot command leaves that to it.
  if (ports.watch) workspace.readAhead()
  if (ports.watch && problem === null) void tidyUp(ports, parts, events)
  return {
    call,
    on: events.on,
    openBody: (id) => openBody(bodies, id),
    grantWrite: (path) => void granted.add(path),
    saveBody: (id, path, signal, mayShare) => events.asResult(() => saveBody(bodies, id, path, signal, mayShare), 'saving a body'),
    receiveUpload: (name, stream) => events.asResult(() => receiveUpload(ports.dataDir, name, stream), 'receiving an upload'),
    readRequestFile: (source) => events.asResult(() => readRequestFile(source), 'reading a request file'),
    // Loaded when they are asked for: `send` has a use for neither.
    runOnce: (input) => events.asResult(async () => (await import('./commands/run-once.ts')).runOnce(input, parts), 'starting a run'),
    exportOnce: (input) => events.asResult(async () => (await import('./commands/export.ts')).exportOnce(input, parts), 'exporting'),
    unfinished: createUnfinishedDownloads(ports.dataDir, log, async (id) => !bodies.isLodged(id) && (await bodies.stat(id)) !== null),
    sendOnce: ({ overrides, file, ...input }) =>
      exchanges.sendOnce({ ...input, place: file === null ? null : { file }, document: overridden(input.document, overrides) }),
    wake: () => parts.pool.wake(),
    close: async () => {
      await loaded()
      parts.oauth2.close()
      await parts.settingsWatch.close()
      await parts.runner.close()
      await exchanges.close()
      await history.close()
      await parts.around.scripts.close()
      await Promise.all([
        parts.pool.close(),
        parts.search.close(),
        parts.views.closeAll(),
        parts.queries.closeAll(),
        parts.checks.close(),
        workspace.close(),
        drafts.close(),
        parts.jars.close(),
        parts.echo.close(),
      ])
      await bodies.close()
      if (problem === null) await bodies.flush()
      for (const folder of Object.values(parts.passing)) if (folder !== null) await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * What answers commands, loaded with the first of them, or at once where windows are expected: a command line that sends or runs
 * asks for none, and would take a third of its start to load them.
 */
function answering(
  ports: CorePorts,
  parts: Parts,
  events: CoreEvents,
  doors: Doors,
): { readonly call: Dispatch; readonly loaded: () => Promise<unknown> } {
  const load = async (): Promise<Dispatch> => {
    const [{ createDispatch }, { handlersOf }] = await Promise.all([import('./dispatch.ts'), import('./core-handlers.ts')])
    return createDispatch(handlersOf(ports, parts, events, doors), events.report)
  }
  let dispatch: Promise<Dispatch> | null = ports.watch ? load() : null
  return {
    call: async (name, input, context) => (await (dispatch ??= load()))(name, input, context),
    // What cannot be loaded fails the calls.
    loaded: async () => dispatch?.catch(() => undefined),
  }
}

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

async function openBody(bodies: BodyStore, text: string): Promise<OpenedBody | null> {
  const id = BodyIdSchema.safeParse(text)
  const found = id.success ? await bodies.stat(id.data) : null
  if (!id.success || !found) return null
  return {
    bytes: found.bytes,
    stream: (range) => bodies.stream(id.data, range && { offset: range.start, length: range.end - range.start + 1 }),
  }
}
