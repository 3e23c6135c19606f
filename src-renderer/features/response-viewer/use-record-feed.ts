/** One feed of records for as long as it is looked at. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import type { RecordKind } from '#contract/model/record.ts'
import { RecordFeed } from './record-feed.ts'

/** The feed, in an object that is another one whenever something of it has changed. */
export interface RecordFeedState {
  readonly feed: RecordFeed
  readonly version: number
}

export interface RecordFeedOf {
  /** What the feed belongs to: an answer's body that was arriving is the same stream once it is whole. */
  readonly streamKey: string
  readonly bodyId: BodyId
  readonly kind: RecordKind
  readonly encoding: string | null
  readonly arrivalsId: BodyId | null
}

/** Opened anew only with another `streamKey`, kind or encoding. */
export function useRecordFeed({ streamKey, bodyId, kind, encoding, arrivalsId }: RecordFeedOf): RecordFeedState {
  const key = `${streamKey}/${kind}/${encoding ?? ''}`
  const [current, setCurrent] = useState(() => ({ key, feed: new RecordFeed({ bodyId, kind, encoding, arrivalsId }) }))
  // Another answer is another feed; set while rendering, as React allows for state of this component.
  if (current.key !== key) setCurrent({ key, feed: new RecordFeed({ bodyId, kind, encoding, arrivalsId }) })
  const { feed } = current
  useEffect(() => {
    void feed.start()
    return () => feed.close()
  }, [feed])
  const version = useSyncExternalStore(feed.subscribe, feed.version)
  return { feed, version }
}
