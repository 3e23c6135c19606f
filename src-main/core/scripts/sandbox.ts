/**
 * One QuickJS in WebAssembly that runs one script after another. What it holds once our part is loaded is kept as a copy of
 * its memory, and put back before each script: no script finds anything of another, whatever that did, and a fresh start
 * costs a copy of about a megabyte. All that crosses is text; no value of a script is looked at outside.
 *
 * Bounds: memory by that of WebAssembly, the stack by the engine, time by its interrupts. A loop of the engine's own that asks
 * for no interrupt is ended with its thread (`script-threads.ts`).
 */
import base from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from 'quickjs-emscripten-core'
import { CHAI, type SandboxFiles } from './sandbox-files.ts'
import { SCRIPT_MEMORY_MIB } from './script-job.ts'

/** What a script can reach outside, by name; each answers at once. @throws {Error} whose message the script is told */
export type HostCall = (name: string, argument: string) => string

/** Answers to what was begun outside and is not done yet. */
export interface Pending {
  readonly count: () => number
  /** The next answer; null after so many milliseconds. */
  readonly next: (ms: number | null) => Promise<{ readonly call: number; readonly json: string } | null>
}

export interface SandboxRun {
  readonly code: string
  readonly isExpression: boolean
  /** JSON for our part inside. */
  readonly beginning: string
  readonly timeMs: number
  readonly call: HostCall
  readonly pending: Pending
}

/** How a script was ended that did not end by itself. */
export type Stopped = 'time' | 'recursion' | 'waits' | 'memory'

export interface Thrown {
  readonly message: string
  readonly line: number | null
  readonly column: number | null
}

const STACK_BYTES = 1024 * 1024
/** Memory is given back by starting anew once it has grown over this. */
const GROWN_BYTES = 48 * 1024 * 1024
const PAGE = 65_536
/** What the engine begins with: its stack, itself and our part, some of it free. */
const FIRST_PAGES = 256
/** The engine's own limit does not count here what it takes, only how often: the memory itself ends. */
const MOST_PAGES = (SCRIPT_MEMORY_MIB + 8) * 16
/** As many pages of zeros are the stack's. */
const STACK_PAGES = 64
/** For what is asked of our own part once a script has used up its time. */
const EXTRA_MS = 200
const USES_CHAI = /expect|chai|assert|should|\bto\b/

/** Functions of our part inside, by name. */
const INSIDE = ['begin', 'watch', 'tick', 'settle', 'describe', 'finish', 'useChai'] as const
type Inside = Readonly<Record<(typeof INSIDE)[number], QuickJSHandle>>

/** A stretch of memory. */
interface Stretch {
  readonly at: number
  readonly bytes: Uint8Array
}

/** @throws {Error} where the engine or our part cannot be loaded, which is a bug */
export async function createSandbox(files: SandboxFiles): Promise<Sandbox> {
  const wasmMemory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES })
  const module = await newQuickJSWASMModuleFromVariant(newVariant(base, { wasmBinary: files.wasm(), wasmMemory }))
  return new Sandbox(module.newRuntime(), module.getWasmMemory(), files)
}

export class Sandbox {
  /** Something outside of a script's reach went wrong: another sandbox has to be made. */
  isSpent = false
  private readonly runtime: QuickJSRuntime
  private readonly context: QuickJSContext
  private readonly memory: WebAssembly.Memory
  private readonly inside: Inside
  private readonly plain: readonly Stretch[]
  private withChai: readonly Stretch[] | null = null
  private call: HostCall = () => ''
  private deadline = Infinity
  private isInterrupted = false
  /** Our own modules are being loaded; scripts load none. */
  private isLoading = true

  constructor(runtime: QuickJSRuntime, memory: WebAssembly.Memory, files: SandboxFiles) {
    this.runtime = runtime
    this.memory = memory
    runtime.setMaxStackSize(STACK_BYTES)
    runtime.setInterruptHandler(() => (this.isInterrupted ||= performance.now() > this.deadline))
    runtime.setModuleLoader(
      (name) =>
        (this.isLoading ? files.source(name) : null) ?? { error: new Error(`Scripts import nothing, so not “${name}”: see require().`) },
      (from, name) => (name.startsWith('.') && from.includes(':') ? new URL(name, from).href : name),
    )
    this.context = runtime.newContext()
    this.inside = this.load(files)
    this.plain = this.copy()
    this.isLoading = false
  }

  /** Runs a script to its end. What it throws it tells by `call('failed')`; null: it came to an end by itself. */
  async run(run: SandboxRun): Promise<Stopped | Thrown | null> {
    this.restore(USES_CHAI.test(run.code))
    this.call = run.call
    this.isInterrupted = false
    this.deadline = performance.now() + run.timeMs
    try {
      return await this.runToEnd(run)
    } catch (error) {
      // The engine itself was left in the middle.
      this.isSpent = true
      if (error instanceof RangeError) return 'recursion'
      if (this.isInterrupted) return 'time'
      // Nothing was left for our own part either.
      if (this.memory.buffer.byteLength > GROWN_BYTES) return 'memory'
      throw error
    } finally {
      this.deadline = Infinity
      this.call = () => ''
      if (this.memory.buffer.byteLength > GROWN_BYTES) this.isSpent = true
    }
  }

  private async runToEnd({ code, isExpression, beginning, pending }: SandboxRun): Promise<Stopped | Thrown | null> {
    this.invoke(this.inside.begin, beginning)
    const source = code.replaceAll('\0', '').toWellFormed()
    const wrapped = isExpression ? `(async () => { return (\n${source}\n) })()` : `(async () => {\n${source}\n})()`
    const result = this.context.evalCode(wrapped, 'script')
    if (result.error) return this.isInterrupted ? 'time' : this.described(result.error)
    const watched = this.context.callFunction(this.inside.watch, this.context.undefined, result.value)
    if (watched.error) return this.isInterrupted ? 'time' : this.described(watched.error)
    if (!(await this.untilQuiet(pending))) return 'time'
    this.deadline = Math.max(this.deadline, performance.now() + EXTRA_MS)
    return this.invoke(this.inside.finish) === 'waits' ? 'waits' : null
  }

  /** Runs jobs, timers and answers until there are none. @returns false where the time was used up before */
  private async untilQuiet(pending: Pending): Promise<boolean> {
    for (;;) {
      if (!this.runJobs()) return false
      const wait = Number(this.invoke(this.inside.tick))
      if (this.isInterrupted) return false
      if (wait === 0 || this.runtime.hasPendingJob()) continue
      const left = this.deadline - performance.now()
      const isAnswerDue = pending.count() > 0
      if (wait < 0 && !isAnswerDue) return true
      if (left <= 0) return false
      const began = performance.now()
      const answer = await pending.next(isAnswerDue ? (wait < 0 ? null : wait) : Math.min(wait, left))
      // The time of a script is its own, not that of a server.
      if (isAnswerDue) this.deadline += performance.now() - began
      if (answer) this.invoke(this.inside.settle, `${answer.call} ${answer.json}`)
    }
  }

  /** @returns false where the time was used up before they were all done */
  private runJobs(): boolean {
    while (this.runtime.hasPendingJob()) {
      const done = this.runtime.executePendingJobs(1000)
      if (done.error) {
        if (this.isInterrupted) return false
        done.error.dispose()
      }
      if (performance.now() > this.deadline) return false
    }
    return true
  }

  /** What was thrown, in words; our part inside reads it, for it may be anything. */
  private described(error: QuickJSHandle): Thrown {
    this.deadline = Math.max(this.deadline, performance.now() + EXTRA_MS)
    const result = this.context.callFunction(this.inside.describe, this.context.undefined, error)
    const text = result.error ? '' : this.textOf(result.value)
    return text === '' ? { message: 'The script threw something that cannot be shown.', line: null, column: null } : thrownOf(text)
  }

  /** Calls a function of our part inside. @returns its text; empty where it gives none, or was interrupted */
  private invoke(target: QuickJSHandle, argument?: string): string {
    const args = argument === undefined ? [] : [this.context.newString(argument)]
    const result = this.context.callFunction(target, this.context.undefined, ...args)
    for (const handle of args) handle.dispose()
    if (!result.error) return this.textOf(result.value)
    if (this.isInterrupted) return ''
    throw new Error(`Inside the sandbox: ${this.describedPlainly(result.error)}`)
  }

  private describedPlainly(error: QuickJSHandle): string {
    const message = this.context.getProp(error, 'message')
    const stack = this.context.getProp(error, 'stack')
    return `${this.textOf(message)} ${this.textOf(stack)}`
  }

  private textOf(handle: QuickJSHandle): string {
    const kind = this.context.typeof(handle)
    const text = kind === 'string' ? this.context.getString(handle) : kind === 'number' ? String(this.context.getNumber(handle)) : ''
    handle.dispose()
    return text
  }

  private evaluate(code: string, type: 'global' | 'module'): void {
    this.context.unwrapResult(this.context.evalCode(code, 'posthaste', { type })).dispose()
    this.runtime.executePendingJobs(-1)
  }

  private load({ inside }: SandboxFiles): Inside {
    const { context } = this
    const host = context.newFunction('host', (name, argument) => {
      const [asked, said] = [name, argument].map((handle) =>
        handle && context.typeof(handle) === 'string' ? context.getString(handle) : '',
      )
      return context.newString(this.answer(asked ?? '', said ?? ''))
    })
    // Kept for good: scripts come and go, and the function stays.
    context.setProp(context.global, '__host', host)
    this.evaluate(`import * as inside from ${JSON.stringify(inside)}; globalThis.__inside = inside`, 'module')
    const exported = context.getProp(context.global, '__inside')
    const functions = Object.fromEntries(INSIDE.map((name) => [name, context.getProp(exported, name)]))
    this.evaluate('delete globalThis.__host; delete globalThis.__inside', 'global')
    return functions as Inside // Made of INSIDE right here.
  }

  /** `+` and what was asked for, or `-` and why it cannot be had. */
  private answer(name: string, argument: string): string {
    try {
      const text = this.call(name, argument)
      // Texts cross as C has them, which end at a zero.
      return text.includes('\0') ? `j${JSON.stringify(text)}` : `+${text.toWellFormed()}`
    } catch (error) {
      return `-${(error instanceof Error ? error.message : String(error)).replaceAll('\0', '')}`
    }
  }

  /**
   * Clears what scripts before left in memory that is free by now. No script is meant to see that; but the engine has had faults that let one
   * read where it must not. It takes 2 ms, so it is for the scripts of somebody else.
   */
  wipe(): void {
    new Uint8Array(this.memory.buffer).fill(0)
    this.put(this.plain)
  }

  private restore(usesChai: boolean): void {
    if (usesChai && this.withChai === null) {
      this.put(this.plain)
      this.isLoading = true
      this.evaluate(`import * as chai from "${CHAI}"; globalThis.__chai = chai`, 'module')
      this.invoke(this.inside.useChai)
      this.isLoading = false
      this.withChai = this.copy()
      return
    }
    this.put(usesChai && this.withChai !== null ? this.withChai : this.plain)
  }

  /**
   * All that was ever used, but for the unused part of the stack, which is never read before it is written: of its 5 MiB
   * nearly all are still zero, and nothing else is so long.
   */
  private copy(): readonly Stretch[] {
    const words = new Float64Array(this.memory.buffer)
    const pages = this.memory.buffer.byteLength / PAGE
    const used = Array.from({ length: pages }, (_, page) => page).filter((page) =>
      words.subarray((page * PAGE) / 8, ((page + 1) * PAGE) / 8).some((word) => !Object.is(word, 0)),
    )
    const stretches: { from: number; end: number }[] = []
    for (const page of used) {
      const last = stretches.at(-1)
      if (last && page - last.end < STACK_PAGES) last.end = page + 1
      else stretches.push({ from: page, end: page + 1 })
    }
    return stretches.map(({ from, end }) => ({ at: from * PAGE, bytes: new Uint8Array(this.memory.buffer.slice(from * PAGE, end * PAGE)) }))
  }

  private put(stretches: readonly Stretch[]): void {
    const all = new Uint8Array(this.memory.buffer)
    for (const { at, bytes } of stretches) all.set(bytes, at)
  }
}

/** Reads what our part inside says of an error: `{ message, line, column }`. */
export function thrownOf(json: string): Thrown {
  const { message, line, column } = JSON.parse(json) as Readonly<Record<string, unknown>>
  const place = (value: unknown): number | null => (typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null)
  return { message: typeof message === 'string' ? message : 'The script broke.', line: place(line), column: place(column) }
}
