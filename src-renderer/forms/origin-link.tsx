/** Where a value is from, in words that lead there. */
import type { Origin } from '#contract/model/origin.ts'
import { goToOrigin, type Sought } from '../actions/go-to-origin.ts'
import { isReachable } from '#contract/model/origin-words.ts'
import styles from './origin-link.module.css'
import { originWords } from '../lib/origin-words.ts'
import { t } from '../lib/t.ts'

interface OriginLinkProps {
  readonly origin: Origin
  /** What is to be shown there. */
  readonly sought?: Sought
  /** Says what the place has to do with it. */
  readonly say?: (place: string) => string
}

export function OriginLink({ origin, sought, say = fromPlace }: OriginLinkProps) {
  const place = originWords(origin)
  // What is made for each send comes from no place.
  const words = origin.layer === 'dynamic' ? place : say(place)
  if (!isReachable(origin)) return <span className={styles.origin}>{words}</span>
  return (
    <button type="button" className={styles.origin} title={t`Go there: ${originWords(origin)}`} onClick={() => goToOrigin(origin, sought)}>
      {words}
    </button>
  )
}

function fromPlace(place: string): string {
  return t`from ${place}`
}
