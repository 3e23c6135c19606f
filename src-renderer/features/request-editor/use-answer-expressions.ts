/** Expressions to offer for the request of a tab: those that every answer has, and those of its last one. */
import { useEffect, useMemo, useState } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import { readBytes } from '../../actions/bodies.ts'
import { bodyPaths, expressionsOf } from '../../lib/answer-expressions.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'

/** A larger body's paths are typed: reading it for a list of suggestions would cost more than they save. */
const LARGEST_BYTES = 262_144
const NONE: readonly string[] = []

export function useAnswerExpressions(draftId: DraftId): readonly string[] {
  const response = useExchangesStore((state) => exchangeOf(draftId)(state).last?.response ?? null)
  const [found, setFound] = useState<{ readonly of: ReceivedResponse; readonly paths: readonly string[] } | null>(null)
  useEffect(() => {
    if (!response?.bodyId || response.bodyBytes > LARGEST_BYTES || !isJson(response)) return
    const ended = new AbortController()
    void readBytes(response.bodyId, 0, LARGEST_BYTES, ended.signal).then((read) => {
      if (read.ok && !ended.signal.aborted) setFound({ of: response, paths: pathsIn(read.value.bytes) })
    })
    return () => ended.abort()
  }, [response])
  return useMemo(() => expressionsOf(response, found !== null && found.of === response ? found.paths : NONE), [response, found])
}

function isJson({ headers }: ReceivedResponse): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'content-type' && /[/+]json\b/i.test(value))
}

function pathsIn(bytes: Uint8Array): readonly string[] {
  try {
    return bodyPaths(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    // A body that is no JSON after all has no paths.
    return NONE
  }
}
