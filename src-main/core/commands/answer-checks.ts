/**
 * The checks of an answer, made before it is told of: in the window, on the command line and for what is sent again, since all
 * of them send through here. Values of secrets are masked in whatever comes of it.
 */
import type { Checks } from '#contract/model/checks.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import type { QueryWorker } from '../bodies/query-worker-client.ts'
import { asksForChecks, runChecks, type CheckedAnswer, type CheckDeps } from '../checks/run-checks.ts'
import { maskFor, masked } from '../history/mask.ts'
import { CoreError } from '../lib/core-error.ts'
import { fillText } from '../prepare/variables.ts'
import { knownSecrets } from './known-secrets.ts'
import { keepCaptures, type KeepDeps } from './keep-captures.ts'
import type { Evaluated } from './request-scripts.ts'
import type { Prepared } from './prepare-for.ts'
import { schemaReader } from './schema-files.ts'

export interface AnswerChecksDeps extends KeepDeps {
  readonly bodies: Pick<BodyStore, 'read' | 'stream' | 'path'>
  readonly worker: QueryWorker
  /** Path for a file of the worker's, which it removes. */
  readonly scratch: () => Promise<string>
}

export interface CheckedSend {
  readonly document: RequestDocument
  /** What relative paths are relative to outside of a collection. */
  readonly root: string | null
  /** What it was prepared to, with all that is around it. */
  readonly prepared: Pick<Prepared, 'layers' | 'resolved'>
  readonly signal: AbortSignal
  /** What an expression of JavaScript comes to, over the answer. */
  readonly evaluate: (expression: string) => Promise<Evaluated>
  /** Told once there is something to do. */
  readonly onChecking: () => void
}

/** Makes the checks of an answer; the exchange with what they came to. */
export type AnswerChecks = (exchange: Exchange, send: CheckedSend) => Promise<Exchange>

export function createAnswerChecks(deps: AnswerChecksDeps): AnswerChecks {
  return async (exchange, send) => {
    const { response } = exchange
    if (!exchange.ok || !response || !asksForChecks(send.document)) return exchange
    send.onChecking()
    try {
      const checked = await runChecks(send.document, exchange, response, depsFor(deps, send))
      return { ...exchange, checks: await kept(checked, send, deps) }
    } catch (error) {
      if (!(error instanceof CoreError) || error.kind !== 'Cancelled') throw error
      return { ...exchange, warnings: [...exchange.warnings, 'The checks of this answer were cancelled.'] }
    }
  }
}

function depsFor({ bodies, worker, scratch }: AnswerChecksDeps, { prepared, root, signal, evaluate }: CheckedSend): CheckDeps {
  const { variables } = prepared.resolved
  return {
    bodies,
    worker,
    scratch,
    signal,
    evaluate,
    fill: (text) => {
      if (!text.includes('{{')) return text
      const filled = fillText(text, variables)
      return filled.kind === 'text' ? filled.text : { kind: 'problem', message: filled.fault.message }
    },
    readSchema: schemaReader(prepared.layers.root ?? root),
  }
}

/** Keeps what was captured, and puts everything into the words that are shown. */
async function kept({ assertions, messages, captures }: CheckedAnswer, { prepared }: CheckedSend, deps: KeepDeps): Promise<Checks> {
  const { layers, resolved } = prepared
  const { results, secrets } = await keepCaptures(captures, { layers, environment: resolved.layers.environment }, deps)
  const checks: Checks = {
    assertions: [...assertions],
    captured: [...results],
    messages: [...messages],
    tests: [],
    console: [],
    faults: [],
  }
  // An answer may hold the value of a secret that its request did not name.
  const around = (await knownSecrets(layers, deps.vault)).map(({ value }) => value)
  return masked(checks, maskFor([...resolved.layers.secrets, ...around, ...secrets]))
}
