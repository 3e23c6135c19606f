/**
 * Goes through the requests of a run: iterations beside each other, the requests of each in order. Decides what is sent
 * when, and whether the run goes on; how one is sent, and where its result goes, is for others.
 */
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import type { RunCounts, RunProgress } from '#contract/model/run.ts'
import type { RunState } from '#contract/model/run-facts.ts'

/** What one request came to, as far as the run's course depends on it. */
export interface Outcome {
  readonly kind: 'passed' | 'failed' | 'skipped'
  /** No answer came. */
  readonly isError: boolean
  readonly checksPassed: number
  readonly checksFailed: number
  readonly bytes: number
  /** What a script said of the requests to come; absent: the next in order. */
  readonly flow?: Flow
}

export type Flow =
  /** By its name; null ends the iteration. */
  { readonly kind: 'next'; readonly name: string | null } | { readonly kind: 'stop' }

/** One way through the requests. */
export interface Iteration {
  /** From 1. */
  readonly number: number
  /** Sends one and keeps its result; null where it was cancelled, which is no result. */
  readonly run: (item: number, startedAt: number, signal: AbortSignal) => Promise<Outcome | null>
}

export interface EngineOptions {
  /** Names of the requests, in order. */
  readonly names: readonly string[]
  readonly iterations: number
  readonly parallel: number
  /** Between two requests, of one iteration or of two that follow each other. */
  readonly delayMs: number
  readonly bail: boolean
  readonly begin: (number: number) => Iteration
  /** At most ten times a second, and at the end. */
  readonly onProgress?: (progress: Omit<RunProgress, 'runId'>) => void
  /** Aborting it stops the run. */
  readonly signal?: AbortSignal | undefined
}

export interface Engine {
  readonly pause: () => void
  readonly resume: () => void
  /** Cancels what is under way. */
  readonly stop: () => void
  readonly progress: () => Omit<RunProgress, 'runId'>
  /** How it ended; rejects only where a result could not be kept. */
  readonly finished: Promise<RunState>
}

const PROGRESS_MS = 100
/** Requests that fail before they are sent wait for nothing outside: so often, timers, Pause and Stop have their turn. */
const TURN_MS = 10
/** Requests of one iteration: a script that goes back again and again is stopped. */
const MOST_JUMPS = 100_000

/** Begins at once. */
export function startEngine(options: EngineOptions): Engine {
  return new Course(options).start()
}

class Course {
  readonly #options: EngineOptions
  /** One for each that works: of a signal that hundreds of requests listen to, each goes through the listeners of all. */
  readonly #lanes = new Set<AbortController>()
  readonly #clock = createClock()
  readonly #rate = createRate()
  #state: RunState = 'running'
  #next = 1
  #active = 0
  #gate: PromiseWithResolvers<void> | null = null
  #counts: RunCounts
  #hasNews = false
  #turn: Promise<void> | null = null
  #lastTurn = performance.now()

  constructor(options: EngineOptions) {
    this.#options = options
    const { iterations, names } = options
    const zero = { done: 0, passed: 0, failed: 0, errors: 0, skipped: 0, iterationsDone: 0, checksPassed: 0, checksFailed: 0, bytes: 0 }
    this.#counts = { ...zero, planned: iterations * names.length, iterations }
  }

  start(): Engine {
    const { signal, onProgress } = this.#options
    const stop = (): void => this.#end('stopping')
    if (signal?.aborted === true) stop()
    signal?.addEventListener('abort', stop, { once: true })
    const timer = setInterval(() => {
      if (!this.#hasNews) return
      this.#hasNews = false
      onProgress?.(this.#progress())
    }, PROGRESS_MS)
    const finished = this.#run().finally(() => {
      clearInterval(timer)
      signal?.removeEventListener('abort', stop)
      this.#clock.pause()
    })
    return {
      pause: () => this.#pause(),
      resume: () => this.#resume(),
      stop,
      progress: () => this.#progress(),
      finished: finished.then(
        (state) => {
          this.#state = state
          onProgress?.(this.#progress())
          return state
        },
        (error: unknown) => {
          this.#state = 'failed'
          this.#cancel()
          throw error
        },
      ),
    }
  }

  async #run(): Promise<RunState> {
    const { iterations, parallel } = this.#options
    const workers = Array.from({ length: Math.min(parallel, iterations) }, () => this.#work())
    try {
      await Promise.all(workers)
    } catch (error) {
      this.#end('failed')
      await Promise.allSettled(workers)
      throw error
    }
    return this.#state === 'stopping' ? 'stopped' : this.#state === 'bailed' ? 'bailed' : 'finished'
  }

  async #work(): Promise<void> {
    const lane = new AbortController()
    this.#lanes.add(lane)
    for (let isFirst = true; this.#isGoingOn() && this.#next <= this.#options.iterations; isFirst = false) {
      const number = this.#next
      this.#next += 1
      const isWhole = await this.#iterate(this.#options.begin(number), lane.signal, isFirst)
      if (isWhole) this.#counts.iterationsDone += 1
    }
  }

  /**
   * @param isFirst of those that go on one after the other: there is nothing yet to keep a distance from
   * @returns whether it came to its end
   */
  async #iterate(iteration: Iteration, signal: AbortSignal, isFirst: boolean): Promise<boolean> {
    const { names, delayMs, bail } = this.#options
    let item = 0
    for (let sent = 0; item < names.length; sent += 1) {
      if ((sent > 0 || !isFirst) && delayMs > 0) await delay(delayMs, undefined, { signal }).catch(() => undefined)
      if (this.#isTurnDue()) await this.#turn
      await this.#gate?.promise
      if (!this.#isGoingOn()) return false
      this.#active += 1
      this.#hasNews = true
      const outcome = await iteration.run(item, this.#clock.elapsed(), signal).finally(() => (this.#active -= 1))
      if (outcome === null) return false
      this.#count(outcome)
      if (bail && outcome.kind === 'failed') this.#end('bailed')
      if (outcome.flow?.kind === 'stop') this.#next = Infinity
      if (outcome.flow?.kind === 'stop' || sent >= MOST_JUMPS) return true
      item = outcome.flow ? nextItem(outcome.flow.name, names) : item + 1
    }
    return true
  }

  #count(outcome: Outcome): void {
    const counts = this.#counts
    counts.done += 1
    counts[outcome.kind] += 1
    if (outcome.isError) counts.errors += 1
    counts.checksPassed += outcome.checksPassed
    counts.checksFailed += outcome.checksFailed
    counts.bytes += outcome.bytes
    this.#rate.add()
    this.#hasNews = true
  }

  /** All workers wait for the same turn, or those that do not wait would keep the others waiting. */
  #isTurnDue(): boolean {
    if (this.#turn === null && performance.now() - this.#lastTurn >= TURN_MS) {
      this.#turn = turn().then(() => {
        this.#turn = null
        this.#lastTurn = performance.now()
      })
    }
    return this.#turn !== null
  }

  #isGoingOn(): boolean {
    return this.#state === 'running' || this.#state === 'paused'
  }

  #end(state: 'stopping' | 'bailed' | 'failed'): void {
    if (!this.#isGoingOn()) return
    this.#state = state
    this.#hasNews = true
    this.#cancel()
    this.#gate?.resolve()
  }

  #cancel(): void {
    for (const lane of this.#lanes) lane.abort()
  }

  #pause(): void {
    if (this.#state !== 'running') return
    this.#state = 'paused'
    this.#gate = Promise.withResolvers()
    this.#clock.pause()
    this.#hasNews = true
  }

  #resume(): void {
    if (this.#state !== 'paused') return
    this.#state = 'running'
    this.#clock.resume()
    this.#gate?.resolve()
    this.#gate = null
    this.#hasNews = true
  }

  #progress(): Omit<RunProgress, 'runId'> {
    return {
      state: this.#state,
      counts: { ...this.#counts },
      elapsedMs: this.#clock.elapsed(),
      requestsPerSecond: this.#rate.perSecond(),
      active: this.#active,
    }
  }
}

/** A name that is none's ends the iteration. */
function nextItem(name: string | null, names: readonly string[]): number {
  const found = name === null ? -1 : names.indexOf(name)
  return found < 0 ? names.length : found
}

/** Milliseconds since the start, without the time that it was paused. */
function createClock(): { readonly elapsed: () => number; readonly pause: () => void; readonly resume: () => void } {
  let before = 0
  let since: number | null = performance.now()
  const elapsed = (): number => before + (since === null ? 0 : performance.now() - since)
  return {
    elapsed,
    pause: () => {
      before = elapsed()
      since = null
    },
    resume: () => (since ??= performance.now()),
  }
}

/** How many there were in the last second, by tenths. */
function createRate(): { readonly add: () => void; readonly perSecond: () => number } {
  const tenths = new Map<number, number>()
  const now = (): number => Math.floor(performance.now() / 100)
  return {
    add: () => {
      const tenth = now()
      tenths.set(tenth, (tenths.get(tenth) ?? 0) + 1)
      if (tenths.size > 20) for (const old of tenths.keys()) if (old < tenth - 10) tenths.delete(old)
    },
    perSecond: () => {
      const last = now()
      return [...tenths].reduce((sum, [tenth, count]) => sum + (tenth > last - 10 && tenth <= last ? count : 0), 0)
    },
  }
}
