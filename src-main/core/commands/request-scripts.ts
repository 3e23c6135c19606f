/**
 * Joins scripts to a send: those before the request change it before it is prepared, so that one `prepare` still makes the
 * bytes; those behind the answer see what was sent and what came. What they print and test goes into the exchange's checks;
 * the variables they set are kept beside the collection. Where there are no scripts, nothing of this is loaded.
 */
import type { WireError } from '#contract/errors.ts'
import type { Checks, ScriptFault, ScriptPlace } from '#contract/model/checks.ts'
import type { Exchange, ReceivedResponse } from '#contract/model/exchange.ts'
import type { JsonValue } from '../bodies/lossless-json.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { maskFor, masked } from '../history/mask.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import type { CollectionLayers } from '../resolve/collection-layers.ts'
import {
  EXPRESSION_TIME_MS,
  NO_OUTCOME,
  SCRIPT_TIME_MS,
  type SavedCall,
  type ScriptJob,
  type ScriptOutcome,
  type ScriptText,
  type SentAnswer,
} from '../scripts/script-job.ts'
import { scriptsFor, type ScriptType } from '../scripts/script-places.ts'
import type { ScriptThreads } from '../scripts/script-threads.ts'
import { findRequest } from '../storage/find-request.ts'
import { readRequestFile } from '../storage/request-file.ts'
import type { SendOnce, SentOnce } from './send-once.ts'
import type { Place, PrepareSubject, Scripting, Surroundings } from './prepare-for.ts'
import { scriptBodyOf, scriptResponse } from './script-answer.ts'
import { sentRequest, typedRequest, withEdit } from './script-request.ts'
import { variablesForScripts } from './script-variables.ts'

/** Scripts that wait for one another: a request that sends a request that sends one. */
const MAX_DEPTH = 4
/** Requests that the scripts of one send can send, and the scripts of those. */
export const MAX_SENDS = 50

export interface ScriptDeps extends Surroundings {
  readonly scripts: ScriptThreads
  readonly bodies: Pick<BodyStore, 'read'>
}

export interface ScriptSending {
  readonly signal: AbortSignal
  readonly send: (input: SendOnce) => Promise<SentOnce>
  /** Told where there is a script to run behind an answer. */
  readonly onChecking: () => void
}

export interface Scripted {
  /** What is sent. */
  readonly subject: PrepareSubject
  /** What the scripts came to; null: there are none. */
  readonly outcome: ScriptOutcome | null
  /** Why it is not sent. */
  readonly problem: WireError | null
}

/** Runs what stands before a request. @throws {CoreError} `Cancelled` */
export async function beforeRequest(subject: PrepareSubject, deps: ScriptDeps, sending: ScriptSending): Promise<Scripted> {
  const layers = await deps.settings.layersAt(subject.place)
  const placed = { ...subject, layers }
  const scripts = scriptsFor('before-request', subject.document, layers)
  if (scripts.length === 0) return { subject: placed, outcome: null, problem: null }
  try {
    const outcome = await runScripts(scripts, { subject: placed, layers, answer: null }, deps, sending)
    const { edit, local, faults, flow } = outcome
    const document = edit ? withEdit(subject.document, edit, layers) : subject.document
    const changed = { ...placed, document, choice: { ...subject.choice, given: withLocal(subject.choice.given, local) } }
    const [fault] = faults
    const problem = fault ? brokenScript(fault.from, fault.message, fault.line, fault.column) : flow?.isSkipped ? skipped() : null
    return { subject: changed, outcome, problem }
  } catch (error) {
    if (error instanceof CoreError) return { subject: placed, outcome: null, problem: error.toWire() }
    throw error
  }
}

/**
 * Runs what stands behind an answer, of one type.
 *
 * @param subject as it was sent
 * @returns null where there is nothing to run, or no answer to run it on
 */
async function afterAnswer(
  type: Exclude<ScriptType, 'before-request'>,
  exchange: Exchange,
  subject: PrepareSubject,
  deps: ScriptDeps,
  sending: ScriptSending,
): Promise<ScriptOutcome | null> {
  const { response, error } = exchange
  if (!response || error) return null
  const layers = subject.layers ?? (await deps.settings.layersAt(subject.place))
  const scripts = scriptsFor(type, subject.document, layers)
  const [first] = scripts
  if (!first) return null
  sending.onChecking()
  try {
    return await runScripts(scripts, { subject, layers, answer: { exchange, response } }, deps, sending)
  } catch (error) {
    // The answer is there and stays, whatever becomes of its scripts.
    return { ...NO_OUTCOME, faults: [{ message: messageOf(error), from: first.from, line: null, column: null }] }
  }
}

/**
 * An exchange with what its scripts came to, those behind its answer run now: after-response ones before its checks are made,
 * tests after them.
 */
export async function withAnswerScripts(
  exchange: Exchange,
  { subject, outcome }: Scripted,
  check: (exchange: Exchange) => Promise<Exchange>,
  deps: ScriptDeps,
  sending: ScriptSending,
): Promise<Exchange> {
  const after = await afterAnswer('after-response', exchange, subject, deps, sending)
  const checked = await check(exchange)
  const tests = await afterAnswer('tests', exchange, subject, deps, sending)
  const checks = withScripts(checked.checks, [outcome, after, tests])
  return checks ? { ...checked, checks } : checked
}

/** A request that nothing stands before. */
export function asItIs(subject: PrepareSubject): Scripted {
  return { subject, outcome: null, problem: null }
}

/** What an expression of JavaScript over `res` comes to, or why it comes to nothing. */
export type Evaluated =
  { readonly kind: 'value'; readonly value: JsonValue | undefined } | { readonly kind: 'problem'; readonly message: string }

/** Evaluates expressions over an answer, each for a second at most. It sends nothing and changes nothing. */
export async function evaluateOver(
  expression: string,
  exchange: Exchange,
  subject: PrepareSubject,
  deps: ScriptDeps,
  signal: AbortSignal,
): Promise<Evaluated> {
  const { response } = exchange
  if (!response) return { kind: 'problem', message: 'There is no answer.' }
  const layers = subject.layers ?? (await deps.settings.layersAt(subject.place))
  const { variables } = await variablesForScripts({ ...subject, layers }, deps)
  const script: ScriptText = { code: expression, from: { type: 'assertion' } }
  const job: ScriptJob = {
    ...(await jobFor([script], { subject, layers, answer: { exchange, response } }, deps)),
    variables,
    timeMs: EXPRESSION_TIME_MS,
    isExpression: true,
  }
  const refuse = (): Promise<SentAnswer> => Promise.reject(new Error('An expression sends nothing.'))
  const { faults, value } = await deps.scripts.run(job, { signal, depth: depthOf(subject), send: refuse })
  const [fault] = faults
  if (fault)
    return { kind: 'problem', message: endsTooEarly(fault, expression) ? 'SyntaxError: the expression ends too early' : fault.message }
  return { kind: 'value', value: value === undefined ? undefined : (JSON.parse(value) as JsonValue) }
}

/** What the engine then complains of is what we put behind the expression. */
function endsTooEarly({ message, line, column }: ScriptFault, expression: string): boolean {
  const lines = expression.split('\n')
  return message.startsWith('SyntaxError') && line === lines.length && column === (lines.at(-1)?.length ?? 0) + 1
}

/** Checks of an exchange with what its scripts came to, in the order in which they ran. */
export function withScripts(checks: Checks | undefined, outcomes: readonly (ScriptOutcome | null)[]): Checks | undefined {
  const ran = outcomes.filter((outcome) => outcome !== null)
  if (ran.length === 0) return checks
  const flow = Object.assign({}, checks?.flow, ...ran.map((outcome) => outcome.flow)) as NonNullable<Checks['flow']>
  return {
    assertions: checks?.assertions ?? [],
    captured: checks?.captured ?? [],
    messages: checks?.messages ?? [],
    tests: [...(checks?.tests ?? []), ...ran.flatMap(({ tests }) => tests)],
    console: [...(checks?.console ?? []), ...ran.flatMap(({ console }) => console)],
    faults: [...(checks?.faults ?? []), ...ran.flatMap(({ faults }) => faults)],
    ...(Object.keys(flow).length > 0 && { flow }),
  }
}

/** What a preview says of the scripts that may change it. */
export function scriptWarning(subject: Pick<PrepareSubject, 'document'>, layers: CollectionLayers): readonly string[] {
  const places = scriptsFor('before-request', subject.document, layers).map(({ from }) =>
    from.of === undefined ? 'this request' : `“${from.of}”`,
  )
  if (places.length === 0) return []
  return [`A before-request script (of ${[...new Set(places)].join(', ')}) runs first, and may change the request.`]
}

interface Case {
  readonly subject: PrepareSubject
  readonly layers: CollectionLayers
  readonly answer: { readonly exchange: Exchange; readonly response: ReceivedResponse } | null
}

async function runScripts(scripts: readonly ScriptText[], of: Case, deps: ScriptDeps, sending: ScriptSending): Promise<ScriptOutcome> {
  const { variables, secrets } = await variablesForScripts({ ...of.subject, layers: of.layers }, deps)
  const job: ScriptJob = { ...(await jobFor(scripts, of, deps)), variables }
  const send = savedSender(of, deps, sending)
  const outcome = await deps.scripts.run(job, { signal: sending.signal, depth: depthOf(of.subject), send })
  if (Object.keys(outcome.kept).length > 0) await deps.settings.keep(of.layers, outcome.kept)
  const mask = maskFor(secrets)
  const { tests, console, faults } = outcome
  return { ...outcome, tests: masked(tests, mask), console: masked(console, mask), faults: masked(faults, mask) }
}

async function jobFor(
  scripts: readonly ScriptText[],
  { subject, layers, answer }: Case,
  deps: ScriptDeps,
): Promise<Omit<ScriptJob, 'variables'>> {
  const { document, choice, seed, scripting } = subject
  return {
    owner: layers.id ?? layers.root,
    scripts,
    request: answer ? await sentRequest(answer.exchange, document, deps.bodies) : typedRequest(document, layers),
    response: answer && scriptResponse(answer.response, answer.exchange),
    body: answer ? await scriptBodyOf(answer.response, deps.bodies) : { kind: 'none' },
    info: {
      requestName: document.name,
      collectionName: layers.name,
      environmentName: choice.environment,
      iteration: scripting?.iteration ?? 0,
      iterationCount: scripting?.iterationCount ?? 1,
    },
    env: scripts.some(({ code }) => /process/i.test(code)) ? definedIn(deps.env) : {},
    seed,
    timeMs: SCRIPT_TIME_MS,
    stopsAtFault: answer === null,
  }
}

function definedIn(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** Sends a saved request of the same collection, as by hand; with the variables that were set by then. */
function savedSender(
  { subject, layers }: Case,
  deps: ScriptDeps,
  { signal, send }: ScriptSending,
): (call: SavedCall) => Promise<SentAnswer> {
  const scripting: Scripting = subject.scripting ?? { depth: 0, budget: { left: MAX_SENDS } }
  return async ({ name, kept, local }) => {
    if (scripting.depth + 1 >= MAX_DEPTH)
      throw new Error(`send: “${name}” would be the ${MAX_DEPTH}th request that waits for another’s script.`)
    if (scripting.budget.left <= 0) throw new Error(`send: the scripts of one request can send ${MAX_SENDS} others, and have.`)
    scripting.budget.left -= 1
    if (layers.root === null) throw new Error('send: this request is in no collection, so there is none to find by name.')
    if (Object.keys(kept).length > 0) await deps.settings.keep(layers, kept)
    const path = await findRequest(layers.root, name)
    const { document, root } = await readRequestFile({ path })
    const place: Place = { file: path }
    const choice = { ...subject.choice, given: withLocal(subject.choice.given, local) }
    const { exchange } = await send({ document, root, place, choice, signal, scripting: { ...scripting, depth: scripting.depth + 1 } })
    if (exchange.error || !exchange.response) throw new Error(`send: “${name}”: ${exchange.error?.message ?? 'there was no answer.'}`)
    return {
      response: scriptResponse(exchange.response, exchange),
      body: await scriptBodyOf(exchange.response, deps.bodies),
      captured: Object.entries(await deps.settings.capturedIn(layers)),
    }
  }
}

function depthOf({ scripting }: PrepareSubject): number {
  return scripting?.depth ?? 0
}

function withLocal(given: Readonly<Record<string, string>>, local: ScriptOutcome['local']): Record<string, string> {
  const values = Object.entries({ ...given, ...local })
  return Object.fromEntries(values.flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
}

function brokenScript({ type, of }: ScriptPlace, message: string, line: number | null, column: number | null): WireError {
  const where = line === null ? '' : ` at line ${line}${column === null ? '' : `, column ${column}`}`
  const whose = of === undefined ? `The ${type} script` : `The ${type} script of “${of}”`
  return new CoreError('ScriptError', 'prepare', `${whose} broke${where}, so nothing was sent: ${message}`, {
    hint: 'Mend the script; the Console tab has what it printed.',
    details: { line, column },
  }).toWire()
}

function skipped(): WireError {
  return new CoreError('Cancelled', 'prepare', 'A before-request script had this request left out.').toWire()
}
