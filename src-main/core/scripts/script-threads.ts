/**
 * The core's end of the threads that run scripts. They are started when there is a script to run, and ended where one does
 * not stop in its time, and when nothing was to do for a while. A script that sends waits for requests that may have
 * scripts of their own: those run in threads of their own, so that none waits for itself.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { CoreError } from '../lib/core-error.ts'
import { workerFile } from '../lib/worker-file.ts'
import {
  NO_OUTCOME,
  type FromSandbox,
  type SavedCall,
  type ScriptJob,
  type ScriptOutcome,
  type SentAnswer,
  type ToSandbox,
} from './script-job.ts'

export interface RunOptions {
  readonly signal?: AbortSignal | undefined
  /** How many scripts wait for this one. */
  readonly depth: number
  /** Sends a saved request. @throws {Error} whose message the script is told */
  readonly send: (call: SavedCall) => Promise<SentAnswer>
}

export interface ScriptThreads {
  /** @throws {CoreError} `Cancelled` */
  readonly run: (job: ScriptJob, options: RunOptions) => Promise<ScriptOutcome>
  readonly close: () => Promise<void>
}

export interface ThreadLimits {
  /** Of one depth, at a time. */
  readonly threads: number
  /** What a script may take beyond its time before its thread is ended. */
  readonly graceMs: number
  readonly idleMs: number
}

const LIMITS: ThreadLimits = { threads: Math.min(4, availableParallelism()), graceMs: 1000, idleMs: 60_000 }
/** For the thread and the engine to be there, before the time of a script counts. */
const START_MS = 30_000

interface Turn {
  readonly id: number
  readonly job: ScriptJob
  readonly options: RunOptions
  readonly resolve: (outcome: ScriptOutcome) => void
  readonly reject: (error: Error) => void
}

export function createScriptThreads(limits: ThreadLimits = LIMITS): ScriptThreads {
  const pools: Pool[] = []
  let isClosed = false
  return {
    run: (job, options) => {
      if (isClosed || options.signal?.aborted === true) return Promise.reject(cancelled())
      const pool = (pools[options.depth] ??= new Pool(limits))
      return pool.run(job, options)
    },
    close: async () => {
      isClosed = true
      await Promise.all(pools.map((pool) => pool.close()))
    },
  }
}

class Pool {
  private readonly limits: ThreadLimits
  private readonly threads = new Set<Thread>()
  private readonly waiting: Turn[] = []
  private lastId = 0

  constructor(limits: ThreadLimits) {
    this.limits = limits
  }

  run(job: ScriptJob, options: RunOptions): Promise<ScriptOutcome> {
    return new Promise((resolve, reject) => {
      const { signal } = options
      const abort = (): void => this.cancel(turn)
      const off = (): void => signal?.removeEventListener('abort', abort)
      const turn: Turn = {
        id: (this.lastId += 1),
        job,
        options,
        resolve: (outcome) => (off(), resolve(outcome)),
        reject: (error) => (off(), reject(error)),
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.waiting.push(turn)
      this.next()
    })
  }

  async close(): Promise<void> {
    for (const turn of this.waiting.splice(0)) turn.reject(cancelled())
    await Promise.all([...this.threads].map((thread) => thread.end(cancelled())))
  }

  private next(): void {
    const [turn] = this.waiting
    if (!turn) return
    const free = [...this.threads].find((thread) => !thread.isBusy)
    const thread = free ?? (this.mayStart() ? this.start() : null)
    if (!thread) return
    this.waiting.shift()
    thread.begin(turn)
  }

  /** One after the other: a thread takes as long to start as a hundred scripts to run, longer beside others that start. */
  private mayStart(): boolean {
    return this.threads.size < this.limits.threads && [...this.threads].every((thread) => thread.isWarm)
  }

  private start(): Thread {
    const thread: Thread = new Thread(this.limits, {
      ready: () => this.next(),
      free: () => this.next(),
      ended: () => {
        this.threads.delete(thread)
        this.next()
      },
    })
    this.threads.add(thread)
    return thread
  }

  private cancel(turn: Turn): void {
    const place = this.waiting.indexOf(turn)
    if (place !== -1) this.waiting.splice(place, 1)
    turn.reject(cancelled())
    for (const thread of this.threads) if (thread.runs(turn)) void thread.end(cancelled())
  }
}

interface ThreadEvents {
  readonly ready: () => void
  readonly free: () => void
  readonly ended: () => void
}

class Thread {
  private readonly worker: Worker
  private readonly limits: ThreadLimits
  private readonly events: ThreadEvents
  private turn: Turn | null = null
  /** Of the job that runs: what came of the scripts that ended, and which one runs. */
  private soFar: ScriptOutcome = NO_OUTCOME
  private index = 0
  private sends = 0
  /** The engine is there. */
  isWarm = false
  private limit: ReturnType<typeof setTimeout> | undefined
  private idle: ReturnType<typeof setTimeout> | undefined

  constructor(limits: ThreadLimits, events: ThreadEvents) {
    this.limits = limits
    this.events = events
    // A deep call of the engine is a deep call of the thread.
    this.worker = new Worker(workerFile('sandbox-worker', import.meta.url), {
      name: 'posthaste-scripts',
      resourceLimits: { stackSizeMb: 16 },
    })
    this.worker.on('message', (message: FromSandbox) => this.take(message))
    this.worker.on('error', (error: unknown) => void this.end(error instanceof Error ? error : new Error(String(error))))
  }

  get isBusy(): boolean {
    return this.turn !== null
  }

  runs(turn: Turn): boolean {
    return this.turn === turn
  }

  begin(turn: Turn): void {
    clearTimeout(this.idle)
    this.turn = turn
    this.soFar = NO_OUTCOME
    this.index = 0
    this.sends = 0
    this.worker.ref()
    this.post({ kind: 'run', id: turn.id, job: turn.job })
    this.watch()
  }

  async end(error: Error): Promise<void> {
    clearTimeout(this.limit)
    clearTimeout(this.idle)
    this.turn?.reject(error)
    this.turn = null
    // Before it has ended, so that nothing is begun on it.
    this.events.ended()
    await this.worker.terminate()
  }

  private post(message: ToSandbox): void {
    this.worker.postMessage(message)
  }

  /** Ends the thread where its script goes on for longer than it may; what it waits for outside does not count. */
  private watch(): void {
    clearTimeout(this.limit)
    if (this.turn === null || this.sends > 0) return
    const { timeMs } = this.turn.job
    this.limit = setTimeout(() => this.overrun(), timeMs + this.limits.graceMs + (this.isWarm ? 0 : START_MS))
  }

  private overrun(): void {
    const { turn } = this
    this.turn = null
    if (turn) {
      const from = turn.job.scripts[this.index]?.from ?? { type: '' }
      const message = `The script was stopped: it had not ended after ${turn.job.timeMs / 1000} s. What it printed and changed is lost.`
      turn.resolve({ ...this.soFar, faults: [...this.soFar.faults, { message, from, line: null, column: null }] })
    }
    void this.end(new Error('A script overran its time.'))
  }

  private take(message: FromSandbox): void {
    const { turn } = this
    if (message.kind === 'ready') return this.warm()
    if (turn?.id !== message.id) return
    switch (message.kind) {
      case 'began':
        this.index = message.index
        this.soFar = message.soFar
        return this.watch()
      case 'send':
        return this.send(turn, message.call, message)
      case 'done':
        turn.resolve(message.outcome)
        return this.rest()
      case 'failed':
        turn.reject(new Error(message.message))
        return this.rest()
    }
  }

  private warm(): void {
    this.isWarm = true
    this.watch()
    this.events.ready()
  }

  private send(turn: Turn, call: number, saved: SavedCall): void {
    this.sends += 1
    this.watch()
    turn.options
      .send(saved)
      .catch((error: unknown) => ({ problem: error instanceof Error ? error.message : String(error) }))
      .then((answer) => {
        if (this.turn !== turn) return
        this.sends -= 1
        this.post({ kind: 'answer', id: turn.id, call, answer })
        this.watch()
      })
      .catch((error: unknown) => void this.end(error instanceof Error ? error : new Error(String(error))))
  }

  private rest(): void {
    clearTimeout(this.limit)
    this.turn = null
    this.worker.unref()
    this.idle = setTimeout(() => void this.end(cancelled()), this.limits.idleMs).unref()
    this.events.free()
  }
}

function cancelled(): CoreError {
  return new CoreError('Cancelled', 'call', 'The script was stopped.')
}
