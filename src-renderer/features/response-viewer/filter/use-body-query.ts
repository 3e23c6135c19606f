/** Runs the filter of a body as it is typed: a little after the last key, and never two at a time. */
import { useEffect, useRef, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import { closeQuery, queryBody, type BodyQuery, type FoundMatches, type QueryProblem } from '../../../actions/body-query.ts'

export interface BodyQueryState {
  /** The last that were found; they stay while the next are looked for, and while the expression is not complete. */
  readonly found: FoundMatches | null
  readonly problem: QueryProblem | null
  readonly error: WireError | null
  readonly isRunning: boolean
  /** By which what runs tells how far it is. */
  readonly workId: string | null
  /** It was given up by hand: nothing is said of what there is. */
  readonly isStopped: boolean
  /** Looks again: what core kept is gone, or it was stopped. */
  readonly again: () => void
  /** Gives up what is under way. */
  readonly stop: () => void
}

/** Typing on within this time is one query, in milliseconds. */
const TYPING_MS = 200

interface Answered {
  readonly found: FoundMatches | null
  readonly problem: QueryProblem | null
  readonly error: WireError | null
  readonly isRunning: boolean
  /** By which what runs tells how far it is. */
  readonly workId: string | null
  readonly isStopped: boolean
}

const NOTHING: Answered = { found: null, problem: null, error: null, isRunning: false, workId: null, isStopped: false }

/** @param query null: nothing is asked; its parts are compared, so it may be made anew at each drawing */
export function useBodyQuery(query: BodyQuery | null): BodyQueryState {
  const [answered, setAnswered] = useState(NOTHING)
  const [round, setRound] = useState(0)
  const under = useRef<AbortController | null>(null)
  const wanted = query === null ? null : JSON.stringify(query)
  const [bodyOf, setBodyOf] = useState(query?.id)
  if (bodyOf !== query?.id) {
    // Matches of one answer do not stand under the status of another.
    setBodyOf(query?.id)
    setAnswered(NOTHING)
  }
  useEffect(() => {
    if (wanted === null) return
    const abort = new AbortController()
    under.current = abort
    const run = async (): Promise<void> => {
      const workId = crypto.randomUUID()
      setAnswered((before) => ({ ...before, isRunning: true, workId, isStopped: false }))
      // What was written out above from a query is one.
      const answer = await queryBody(JSON.parse(wanted) as BodyQuery, workId, abort.signal)
      if (abort.signal.aborted) {
        if (answer.ok && answer.value.kind === 'matches') closeQuery(answer.value.queryId)
        return
      }
      setAnswered((before) => afterAnswer(before, answer))
    }
    const timer = setTimeout(() => void run(), TYPING_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [wanted, round])
  const queryId = answered.found?.queryId
  useEffect(() => (queryId === undefined ? undefined : () => closeQuery(queryId)), [queryId])
  const shown = query === null ? NOTHING : answered
  return {
    ...shown,
    again: () => setRound((before) => before + 1),
    stop: () => {
      under.current?.abort()
      setAnswered({ ...NOTHING, isStopped: true })
    },
  }
}

function afterAnswer(before: Answered, answer: Awaited<ReturnType<typeof queryBody>>): Answered {
  if (!answer.ok) return { ...NOTHING, error: answer.error }
  if (answer.value.kind === 'matches') return { ...NOTHING, found: answer.value }
  return { ...NOTHING, found: before.found, problem: answer.value }
}
