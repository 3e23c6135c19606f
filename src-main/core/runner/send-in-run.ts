/** Sends the requests of a run as any other is sent, but leaves no entry in the history, and no body once its result is kept. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { WireError } from '#contract/errors.ts'
import type { JarKey } from '#contract/model/cookie.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import { createBodyStore, type BodyStore } from '../bodies/body-store.ts'
import { createExchanges, type ExchangeDeps } from '../commands/exchange.ts'
import type { SentOnce } from '../commands/send-once.ts'
import type { AnswerChecks } from '../commands/answer-checks.ts'
import type { KeepDeps } from '../commands/keep-captures.ts'
import { MAX_SENDS } from '../commands/request-scripts.ts'
import type { Jars } from '../jars/jars.ts'
import { preparationsOf, preparedMemory } from './prepared-memory.ts'
import { rowOf, type PlannedRequest, type RunPlan } from './run-plan.ts'
import { filesOfRun, memoized, ownJars, copyOfEnv, poolOfRun, keeperOf, noValues, settingsOfRun, withOwn } from './run-surroundings.ts'

export interface SendDeps extends Omit<ExchangeDeps, 'emit' | 'record' | 'uploads' | 'bodies' | 'checks'> {
  readonly jars: Pick<Jars, 'jar'>
  readonly vault: KeepDeps['vault']
  /** Makes checks over bodies that are kept elsewhere, and hands what is captured to others. */
  readonly checksWith: (bodies: BodyStore, keep: KeepDeps) => AnswerChecks
}

export interface SendingIn {
  /** What is done with the exchange, while its bodies are there. */
  readonly send: <T>(request: PlannedRequest, signal: AbortSignal, use: (sent: SentOnce, bodies: BodyStore) => Promise<T>) => Promise<T>
}

/**
 * @param dir where large bodies are while they are looked at
 * @param wins whether the chosen session wins over the one that a request names
 * @returns what sends within one iteration, by its number
 */
export function sendingOf(plan: RunPlan, deps: SendDeps, dir: string, wins: boolean): (iteration: number) => SendingIn {
  const { options } = plan
  const settings = settingsOfRun(plan, deps.settings)
  const shared = memoized(deps.jarFor)
  const pool = poolOfRun(deps.pool, options.parallel)
  const choice = {
    environment: options.environment,
    session: options.session,
    sessionWins: wins,
    isSessionRequired: options.session !== null,
  }
  const files = filesOfRun()
  const env = copyOfEnv(deps.env)
  const preparations = preparationsOf(plan)
  const boxes = memoized(async (key: JarKey) => (await deps.jars.jar(key)).cookies)
  let folders = 0
  return (iteration) => {
    const own = noValues()
    const keeper = keeperOf(own, deps.vault)
    const jarFor = options.parallel > 1 ? ownJars(boxes) : shared
    const memory = preparedMemory(preparations, jarFor)
    const around = {
      ...deps,
      env,
      pool,
      jarFor,
      files,
      memory,
      settings: withOwn(settings, own),
      record: () => null,
      emit: () => undefined,
    }
    const given = { ...rowOf(plan, iteration), ...options.given }
    return {
      send: async ({ document, key, root }, signal, use) => {
        let ownFolder: string | null = null
        const place = join(dir, String((folders += 1)))
        const bodies = createBodyStore({ dir: place, now: deps.now, isPassing: true, onFile: () => (ownFolder = place) })
        try {
          const exchanges = createExchanges({ ...around, bodies, checks: deps.checksWith(bodies, keeper) })
          const sent = await exchanges.sendOnce({
            document,
            root,
            place: { file: key },
            choice: { ...choice, given },
            signal,
            scripting: { depth: 0, budget: { left: MAX_SENDS }, iteration: iteration - 1, iterationCount: plan.iterations },
          })
          return await use(sent, bodies)
        } finally {
          if (ownFolder !== null) await rm(ownFolder, { recursive: true, force: true }).catch(() => undefined)
        }
      },
    }
  }
}

/** The error of an exchange; of a variable that is nowhere, with what the data has instead. */
export function errorIn({ error }: Exchange, { data }: RunPlan, iteration: number): WireError | null {
  const name = error?.kind === 'UndefinedVariable' ? /^The variable \{\{(.+?)\}\} has no value/.exec(error.message)?.[1] : undefined
  if (error === null || data === null || name === undefined) return error
  const { columns, rows } = data.table
  const row = ((iteration - 1) % rows.length) + 1
  const why = columns.includes(name)
    ? `row ${row} of ${data.file} has no value for it`
    : `${data.file} has no column “${name}” (it has ${columnWords(columns)})`
  return {
    ...error,
    message: `${error.message.replace(/\.$/, '')}; ${why}.`,
    hint: error.hint ?? 'Name the column after the variable, or give it with --var.',
  }
}

const NAMED_COLUMNS = 12

function columnWords(columns: readonly string[]): string {
  const more = columns.length - NAMED_COLUMNS
  return `${columns.slice(0, NAMED_COLUMNS).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
