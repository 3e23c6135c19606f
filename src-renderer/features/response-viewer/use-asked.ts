/** Asks core for something and keeps the answer for as long as the question stays the same. */
import { useEffect, useEffectEvent, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { Result } from '#contract/result.ts'

export interface Asked<T> {
  readonly value: T | null
  readonly error: WireError | null
}

const NOTHING = { value: null, error: null }

/**
 * @param question tells one question from another; a new one gives up the last
 * @returns nothing until the answer is here
 */
export function useAsked<T>(question: string, ask: (signal: AbortSignal) => Promise<Result<T, WireError>>): Asked<T> {
  const [answer, setAnswer] = useState<(Asked<T> & { readonly question: string }) | null>(null)
  const asks = useEffectEvent(ask)
  useEffect(() => {
    const abort = new AbortController()
    void asks(abort.signal).then((result) => {
      if (abort.signal.aborted) return
      setAnswer(result.ok ? { question, value: result.value, error: null } : { question, value: null, error: result.error })
    })
    return () => abort.abort()
  }, [question])
  return answer !== null && answer.question === question ? answer : NOTHING
}
