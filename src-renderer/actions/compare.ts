/** Comparing answers: which two, and what does not count. */
import type { WireError } from '#contract/errors.ts'
import type { BodyComparison, ComparedBody } from '#contract/model/compare.ts'
import type { Exchange, ReceivedResponse } from '#contract/model/exchange.ts'
import type { HistoryEntry } from '#contract/model/history.ts'
import type { DraftId, ExchangeId } from '#contract/model/ids.ts'
import { ok, type Result } from '#contract/result.ts'
import { sideOfEntry, sideOfExchange, type ComparedSide } from '../lib/compared-side.ts'
import { useAppStore } from '../stores/app-store.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { usePageStore } from '../stores/page-store.ts'
import { earlierSends, readEntry } from './history.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'

export const NO_PATHS: readonly string[] = []

/** Show two answers side by side, in front of the open requests. */
export function showComparison(left: ComparedSide, right: ComparedSide): void {
  usePageStore.getState().show({ kind: 'comparison', left, right })
}

/** The newest of some sends that got an answer and came before the one shown. */
export function previousOf(shown: Exchange, entries: readonly HistoryEntry[]): HistoryEntry | undefined {
  return entries
    .filter(({ id, status, startedAt }) => id !== shown.id && status !== null && startedAt < shown.startedAt)
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0]
}

/** Compare the answer of a tab with the one that it got before, as the history or the window itself has it. */
export async function compareWithPrevious(draftId: DraftId): Promise<void> {
  const { last, before, secrets } = exchangeOf(draftId)(useExchangesStore.getState())
  if (!last?.response) return tellNothing(t`There is no answer to compare: send the request first.`)
  const previous = previousOf(last, await earlierSends(draftId))
  if (previous) return compareShownWith(draftId, previous.id)
  if (!before) return tellNothing(t`This request had no answer before the one that is shown.`)
  showComparison({ ...sideOfExchange(before, secrets), entryId: null }, sideOfExchange(last, secrets))
}

/** Compare the answer of a tab with an entry of the history; the older one stands on the left. */
export async function compareShownWith(draftId: DraftId, id: ExchangeId): Promise<void> {
  const read = await readEntry(id)
  const { last, secrets } = exchangeOf(draftId)(useExchangesStore.getState())
  if (!read || !last) return
  const [other, shown] = [sideOfEntry(read), sideOfExchange(last, secrets)]
  if (other.exchange.startedAt <= last.startedAt) showComparison(other, shown)
  else showComparison(shown, other)
}

/** What differs between the bodies of two answers. An answer without a body is as one with an empty body. */
export async function compareBodies(
  left: ReceivedResponse,
  right: ReceivedResponse,
  ignore: readonly string[],
  signal: AbortSignal,
): Promise<Result<BodyComparison, WireError>> {
  const [a, b] = [comparedBody(left), comparedBody(right)]
  if (a === null && b === null) return ok({ kind: 'same' })
  if (a === null || b === null) return ok({ kind: 'none', reason: t`The ${a === null ? t`left` : t`right`} answer has no body.` })
  return platform().call('body.compare', { left: a, right: b, ignore: [...ignore] }, signal)
}

/** Leave a path out of this and every later comparison. */
export function ignorePath(path: string): void {
  const { ignoredPaths = [], change } = useLayoutStore.getState()
  if (!ignoredPaths.includes(path)) change({ ignoredPaths: [...ignoredPaths, path] })
}

/** Compare a path again that was left out. */
export function heedPath(path: string): void {
  const { ignoredPaths = [], change } = useLayoutStore.getState()
  change({ ignoredPaths: ignoredPaths.filter((ignored) => ignored !== path) })
}

function tellNothing(text: string): void {
  useAppStore.getState().addNotice({ id: 'compare:nothing', tone: 'info', text })
}

function comparedBody({ bodyId, headers, encoding }: ReceivedResponse): ComparedBody | null {
  if (bodyId === null) return null
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  return { id: bodyId, contentType, encoding }
}
