/** The meanings of headers, fetched when headers are first looked at; until then, and where the host is away, none are known. */
import { useEffect, useState } from 'react'
import type { HeaderMeaning } from './header-meanings.ts'

export type MeaningOf = (name: string) => HeaderMeaning | null

const UNKNOWN: MeaningOf = () => null
let known: MeaningOf | null = null

export function useHeaderMeanings(): MeaningOf {
  const [meaningOf, setMeaningOf] = useState<MeaningOf>(() => known ?? UNKNOWN)
  useEffect(() => {
    if (known !== null) return
    let isWanted = true
    import('./header-meanings.ts').then(
      ({ meaningOfHeader }) => {
        known = meaningOfHeader
        if (isWanted) setMeaningOf(() => meaningOfHeader)
      },
      () => undefined,
    )
    return () => {
      isWanted = false
    }
  }, [])
  return meaningOf
}
