/**
 * The composition root: makes every part of the core, joins them, and hands out the few doors a host uses. Parts that
 * are slow to load or not always needed (the transport, the echo server) are made when first asked for.
 */
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { WireError } from '#contract/errors.ts'
import type { AnyEvent } from '#contract/events.ts'
import type { Exchange, ExchangeStep } from '#contract/model/exchange.ts'
import { BodyIdSchema } from '#contract/model/ids.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { failed, ok, type Result } from '#contract/result.ts'
import { createBodyStore, type BodyStore } from './bodies/body-store.ts'
import { createBodyViews } from './bodies/body-views.ts'
import { appHandlers } from './commands/app.ts'
import { bodyHandlers } from './commands/bodies.ts'
import { draftHandlers } from './commands/drafts.ts'
import { createExchanges } from './commands/exchange.ts'
import { fileHandlers } from './commands/files.ts'
import { settingsHandlers } from './commands/settings.ts'
import { workspaceHandlers } from './commands/workspace.ts'
import { bugError, createDispatch, type CallContext, type Dispatch } from './dispatch.ts'
import { createEchoServer } from './echo/echo-server.ts'
import { CoreError } from './lib/core-error.ts'
import { VERSION } from './lib/version.ts'
import type { CorePorts } from './ports.ts'
import { createConnectionPool } from './send/connection-pool.ts'
import { prepareDataDir } from './storage/data-dir.ts'
import { createDrafts } from './storage/drafts.ts'
import { openJar } from './commands/jar.ts'
import { readRequestFile, type RequestFileSource } from './storage/request-file.ts'
import { createSettingsFile } from './storage/settings.ts'
import { receiveUpload } from './storage/uploads.ts'
import { createWorkspace } from './storage/workspace.ts'

/** Bodies older than this go, and the oldest before that where they take more than the budget. */
const BODY_LIMITS = { olderThanMs: 7 * 24 * 3600 * 1000, maxBytes: 4 * 1024 ** 3 }

export interface SendOnceInput {
  readonly document: RequestDocument
  /** What relative file paths are relative to. */
  readonly root: string
  readonly variables: Readonly<Record<string, string>>
  readonly overrides: { readonly timeoutSeconds?: number; readonly insecure?: boolean }
  readonly signal: AbortSignal
  readonly onStep?: (step: ExchangeStep) => void
}

export interface Core {
  readonly call: (name: string, input: unknown, context: CallContext) => Promise<Result<unknown, WireError>>
  /** Every event goes to every listener; what it returns takes the listener off. */
  readonly on: (listener: (event: AnyEvent) => void) => () => void
  /** A body's bytes, for a host to stream; null where there is no such body. `end` is inclusive. */
  readonly openBody: (id: string) => Promise<OpenedBody | null>
  readonly receiveUpload: (name: string, stream: Readable) => Promise<Result<{ path: string; bytes: number }, WireError>>
  /** For a caller without windows: reads a request file, or its text. */
  readonly readRequestFile: (source: RequestFileSource) => Promise<Result<{ document: RequestDocument; root: string }, WireError>>
  /** For a caller without windows: one send, awaited. */
  readonly sendOnce: (input: SendOnceInput) => Promise<Exchange>
  /** Puts everything away: exchanges are cancelled, what is being written is finished. */
  readonly close: () => Promise<void>
}

export interface OpenedBody {
  readonly bytes: number
  readonly stream: (range?: { readonly start: number; readonly end: number }) => Readable
}

/** Make a core over a data folder. Starts even where that folder cannot be written; `app.info` then says so. */
export async function createCore(ports: CorePorts): Promise<Core> {
  const { dataDir, log, now } = ports
  const listeners = new Set<(event: AnyEvent) => void>()
  const emit = (event: AnyEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const report = (error: unknown, during: string): WireError => {
    log(`Bug at ${during}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return bugError(error, during)
  }
  const problem = await prepareDataDir(dataDir)
  const bodies = createBodyStore({ dir: join(dataDir, 'bodies'), now })
  const views = createBodyViews({ store: bodies, dir: join(dataDir, 'views') })
  const workspace = createWorkspace({
    dataDir,
    watch: ports.watch,
    onChanged: (collections, moved) => emit({ name: 'workspace.changed', payload: { collections, moved } }),
    report: (error) => emit({ name: 'bug.reported', payload: { error: report(error, 'the workspace') } }),
  })
  const drafts = createDrafts(dataDir, log)
  const jar = await openJar(dataDir, log)
  const pool = createConnectionPool()
  const echo = createEchoServer({ version: VERSION })
  const rootOf = workspace.rootOf
  const exchanges = createExchanges({
    pool,
    bodies,
    cookies: jar.cookies,
    echoUrl: () => echo.url(),
    rootOf,
    emit: (payload) => emit({ name: 'exchange.progressed', payload }),
    report,
    now,
  })
  const dispatch: Dispatch = createDispatch(
    {
      ...appHandlers(ports, () => problem?.toWire() ?? null),
      ...settingsHandlers(createSettingsFile(dataDir, log)),
      ...workspaceHandlers(workspace),
      ...draftHandlers(drafts, (draft, origin) => emit({ name: 'draft.changed', payload: { draft, origin } })),
      ...fileHandlers(rootOf),
      ...bodyHandlers({ views, store: bodies }),
      ...exchanges.handlers,
    },
    report,
  )
  if (ports.watch && problem === null) void bodies.sweep(BODY_LIMITS).catch((error: unknown) => report(error, 'sweeping old bodies'))
  return {
    call: dispatch,
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    openBody: (id) => openBody(bodies, id),
    receiveUpload: (name, stream) => asResult(() => receiveUpload(dataDir, name, stream), report, 'receiving an upload'),
    readRequestFile: (source) => asResult(() => readRequestFile(source), report, 'reading a request file'),
    sendOnce: ({ overrides, ...input }) => exchanges.sendOnce({ ...input, document: overridden(input.document, overrides) }),
    close: async () => {
      await exchanges.close()
      await Promise.all([pool.close(), views.closeAll(), workspace.close(), drafts.close(), jar.close(), echo.close()])
      if (problem === null) await bodies.flush()
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

async function asResult<T>(
  work: () => Promise<T>,
  report: (error: unknown, during: string) => WireError,
  during: string,
): Promise<Result<T, WireError>> {
  try {
    return ok(await work())
  } catch (error) {
    return failed(error instanceof CoreError ? error.toWire() : report(error, during))
  }
}
