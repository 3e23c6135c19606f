/** The whole course of an exchange in the order it took: tries, hops and waits, each with why the next one followed. */
import type { Timings } from '#contract/model/exchange.ts'
import type { WireError } from '#contract/errors.ts'
import { t } from '../../lib/t.ts'
import type { CourseFacts, ExchangePart } from './exchange-part.ts'

export type CourseKind = 'retry' | 'redirect' | 'challenge' | 'part' | 'token' | 'last'

export interface CourseEntry {
  readonly kind: CourseKind
  readonly part: ExchangePart
  /** What it failed with, where it did. */
  readonly error: WireError | null
  /** Why another followed; empty for the last. */
  readonly because: string
  /** Milliseconds waited after it. */
  readonly waited: number
}

const KIND_WORDS: Readonly<Record<CourseKind, string>> = {
  retry: t`attempt`,
  redirect: t`redirect`,
  challenge: t`challenge`,
  part: t`part`,
  token: t`token`,
  last: '',
}

/** A tunnel that a proxy refused is no challenge unless it asked who is there. */
export function kindWord(kind: CourseKind, { request, response }: ExchangePart): string {
  return kind === 'challenge' && request?.method === 'CONNECT' && response?.status !== 407 ? t`tunnel` : KIND_WORDS[kind]
}

/** All of them, the last one at the end. */
export function courseOf(last: ExchangePart, { history, attempts, error }: CourseFacts): readonly CourseEntry[] {
  const tries = attempts.map((attempt) => ({
    at: attempt.at,
    entry: { kind: 'retry' as const, part: attempt, error: attempt.error, because: attempt.reason, waited: attempt.waited },
  }))
  const hops = history.map((hop) => ({
    at: hop.at,
    entry: { kind: hop.kind, part: hop, error: null, because: hop.because, waited: 0 },
  }))
  const before = [...tries, ...hops].toSorted((a, b) => a.at - b.at).map(({ entry }) => entry)
  return [...before, { kind: 'last', part: last, error, because: '', waited: 0 }]
}

/** Their times, for the waterfall. */
export function timesOf(entries: readonly CourseEntry[]): readonly { readonly timings: Timings; readonly waited: number }[] {
  return entries.map(({ part, waited }) => ({ timings: part.timings, waited }))
}
