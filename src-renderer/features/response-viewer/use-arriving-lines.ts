/** The lines of a text from when it begins to arrive until the text itself is there to be shown. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import { arrivingLines } from './arriving-lines.ts'
import type { LineSource } from './line-source.ts'
import { RecordFeed } from './record-feed.ts'

export interface ArrivingLines {
  readonly feed: RecordFeed
  readonly lines: LineSource
  /** Names the text: the same as that of the whole. */
  readonly textKey: string
}

export interface ArrivingLinesOf {
  readonly textKey: string
  readonly bodyId: BodyId
  readonly encoding: string | null
  readonly isArriving: boolean
  /** The text itself is there. */
  readonly isOpened: boolean
}

/** Null where the text did not arrive while one looked, or is there. */
export function useArrivingLines({ textKey, bodyId, encoding, isArriving, isOpened }: ArrivingLinesOf): ArrivingLines | null {
  const [current, setCurrent] = useState<ArrivingLines | null>(null)
  const isSame = current?.textKey === textKey
  // Set while rendering, as React allows for state of this component.
  if (isArriving && !isSame) {
    const feed = new RecordFeed({ bodyId, kind: 'lines', encoding, arrivalsId: null })
    setCurrent({ textKey, lines: arrivingLines(feed), feed })
  } else if (current !== null && !isArriving && (isOpened || !isSame)) setCurrent(null)
  const feed = current?.feed ?? null
  useEffect(() => {
    void feed?.start()
    return () => feed?.close()
  }, [feed])
  useSyncExternalStore(feed?.subscribe ?? unchanging, feed?.version ?? (() => 0))
  return current
}

const unchanging = (): (() => void) => () => undefined
