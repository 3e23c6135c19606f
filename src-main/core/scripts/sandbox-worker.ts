/**
 * The thread that runs scripts: one job at a time, its scripts one after the other, each in a sandbox as fresh as the first.
 * It is made when a script is first to run.
 */
import { parentPort } from 'node:worker_threads'
import { Doings, hostCalls } from './host-ops.ts'
import { createSandbox, type Pending, type Sandbox, type Stopped, type Thrown } from './sandbox.ts'
import { sandboxFiles } from './sandbox-files.ts'
import type { FromSandbox, ScriptJob, ScriptResponseBody, ScriptText, SentAnswer, ToSandbox } from './script-job.ts'

const files = sandboxFiles()
let sandbox: Promise<Sandbox> = createSandbox(files)
/** Of the job before. */
let lastOwner: string | null = null
let answered: ((call: number, answer: SentAnswer | { readonly problem: string }) => void) | null = null

/** What the engine calls it. */
const INTERRUPTED = 'InternalError: interrupted'

const NO_BODY: ScriptResponseBody = { kind: 'none' }

/** Requests that the scripts of a job sent, and whose answers are not there yet. */
class Calls implements Pending {
  readonly bodies = new Map<string, ScriptResponseBody>()
  private readonly come: { readonly call: number; readonly json: string }[] = []
  private readonly open = new Set<number>()
  private wake: () => void = () => undefined
  private readonly post: (call: number, name: string) => void

  constructor(post: (call: number, name: string) => void) {
    this.post = post
  }

  readonly begin = (call: number, name: string): void => {
    this.open.add(call)
    this.post(call, name)
  }

  readonly take = (call: number, answer: SentAnswer | { readonly problem: string }): void => {
    if (!this.open.has(call)) return
    const isAnswer = 'response' in answer
    if (isAnswer) this.bodies.set(String(call), answer.body)
    this.come.push({ call, json: JSON.stringify(isAnswer ? { facts: answer.response, captured: answer.captured } : answer) })
    this.wake()
  }

  readonly count = (): number => this.open.size

  readonly next = async (ms: number | null): Promise<{ readonly call: number; readonly json: string } | null> => {
    if (this.come.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = ms === null ? undefined : setTimeout(resolve, ms)
        this.wake = () => (clearTimeout(timer), resolve())
      })
    }
    const one = this.come.shift() ?? null
    if (one) this.open.delete(one.call)
    return one
  }
}

async function runJob(id: number, job: ScriptJob): Promise<Doings> {
  const doings = new Doings(job.request)
  const dynamic = await dynamicFor(job)
  if (job.owner === null || job.owner !== lastOwner) (await sandbox).wipe()
  lastOwner = job.owner
  for (const [index, script] of job.scripts.entries()) {
    if (job.scripts.length > 1) post({ kind: 'began', id, index, soFar: doings.outcome() })
    const faults = doings.faults.length
    const calls = new Calls((call, name) => post({ kind: 'send', id, call, name, ...doings.takeSet() }))
    answered = calls.take
    const bodyOf = (which: string): ScriptResponseBody => (which === 'body' ? job.body : (calls.bodies.get(which) ?? NO_BODY))
    const call = hostCalls(doings, { job, from: script.from, dynamic, send: calls.begin, bodyOf })
    const stopped = await (
      await sandbox
    ).run({
      code: script.code,
      isExpression: job.isExpression === true,
      beginning: beginningOf(job, doings),
      timeMs: job.timeMs,
      call,
      pending: calls,
    })
    answered = null
    if ((await sandbox).isSpent) sandbox = createSandbox(files)
    if (stopped !== null) addStop(doings, stopped, job.timeMs, script)
    withinScript(doings, faults, script)
    const isOver = job.stopsAtFault && (doings.faults.length > faults || doings.flow?.isSkipped === true)
    if (isOver) break
  }
  return doings
}

function beginningOf({ response, variables, info }: ScriptJob, doings: Doings): string {
  const random = crypto.getRandomValues(new Uint32Array(4))
  const { local } = doings
  const set = [...local].flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
  const given = [...variables.given.filter(([name]) => local.get(name) !== null), ...set]
  const captured = variables.captured.filter(([name]) => local.get(name) !== null)
  return JSON.stringify({
    request: doings.request,
    response,
    variables: { ...variables, given, captured },
    info,
    random: [...random],
  })
}

/** Faker and its words are loaded where a text asks for them. */
async function dynamicFor({ scripts, variables, seed }: ScriptJob): Promise<((name: string) => string | null) | null> {
  const { given, captured, request, folder, environment, collection } = variables
  const values = [given, captured, request, folder, environment, collection].flatMap((scope) => scope.map(([, value]) => value))
  const texts = [...scripts.map(({ code }) => code), ...values]
  if (!texts.some((text) => text.includes('{{$'))) return null
  const { dynamicValues } = await import('../resolve/dynamic.ts')
  const { make } = dynamicValues(seed, Date.now())
  return make
}

function inWords(stopped: Stopped | Thrown, timeMs: number): Thrown {
  if (typeof stopped === 'object') return stopped
  const words: Readonly<Record<Stopped, string>> = {
    time: `The script was stopped: it had not ended after ${timeMs / 1000} s.`,
    recursion: 'Too much recursion: the functions of the script call each other too deeply.',
    waits: 'The script waits for something that never comes.',
    memory: 'The script needed more than 64 MiB of memory.',
  }
  return { message: words[stopped], line: null, column: null }
}

/** Time that is up ends a script's functions by an error that they cannot catch, which tells where it was. */
function addStop(doings: Doings, stopped: Stopped | Thrown, timeMs: number, { from }: ScriptText): void {
  const told = stopped === 'time' ? doings.faults.findIndex(({ message }) => message === INTERRUPTED) : -1
  const [{ line, column } = { line: null, column: null }] = told < 0 ? [] : doings.faults.splice(told, 1)
  const fault = inWords(stopped, timeMs)
  doings.faults.push({ message: fault.message, from, line: fault.line ?? line, column: fault.column ?? column })
}

/** A script that ends too early breaks behind its last line, in what we put around it. */
function withinScript(doings: Doings, from: number, { code }: ScriptText): void {
  const lines = code.split('\n')
  for (const [index, fault] of doings.faults.entries()) {
    if (index < from || fault.line === null || fault.line <= lines.length) continue
    doings.faults[index] = { ...fault, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
  }
}

function post(message: FromSandbox): void {
  parentPort?.postMessage(message)
}

// Where it cannot be made, the first job says so.
sandbox.then(
  () => post({ kind: 'ready' }),
  () => undefined,
)
parentPort?.on('message', (message: ToSandbox) => {
  if (message.kind === 'answer') {
    answered?.(message.call, message.answer)
    return
  }
  const { id, job } = message
  runJob(id, job).then(
    (doings) => post({ kind: 'done', id, outcome: doings.outcome() }),
    (error: unknown) => {
      sandbox = createSandbox(files)
      post({ kind: 'failed', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    },
  )
})
