/** What is told of a send without the values of secrets: its steps as they happen, and the words about all of it. */
import type { Exchange, ExchangeStep } from '#contract/model/exchange.ts'
import { masked, type Mask } from '../history/mask.ts'

/** Every step but the last, which waits for the checks. What is said on the way is read at once, by anyone; heads of answers are what came. */
export function onTheWay(onStep: (step: ExchangeStep) => void, mask: Mask | null): (step: ExchangeStep) => void {
  return (step) => {
    if (step.kind !== 'done') onStep(SAID.has(step.kind) ? masked(step, mask) : step)
  }
}

/** Steps whose words may hold a secret. */
const SAID: ReadonlySet<ExchangeStep['kind']> = new Set(['requestHead', 'redirect', 'challenge', 'connecting', 'retryWait', 'paused'])

/** The words about an exchange without secrets; what went over the wire is kept as it was, for whoever may see it. */
export function withoutSecrets(exchange: Exchange, mask: Mask | null): Exchange {
  if (mask === null) return exchange
  const { history, attempts, warnings, error } = exchange
  return {
    ...exchange,
    history: history.map((hop) => ({ ...hop, because: mask(hop.because), dropped: masked(hop.dropped, mask) })),
    attempts: attempts.map((attempt) => ({ ...attempt, reason: mask(attempt.reason), error: masked(attempt.error, mask) })),
    warnings: masked(warnings, mask),
    error: masked(error, mask),
  }
}
