/** One match: where it stands, its whole text, and what it can be used for. */
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import type { QueryMatch } from '#contract/model/body-query.ts'
import { readMatch } from '../../../actions/body-query.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import type { MenuItem } from '../../../ui/menu-item.ts'
import styles from './match-list.module.css'
import { rich, t } from '../../../lib/t.ts'
import { formatNumber } from '../../../lib/format-number.ts'

/** Longest text that is shown here, in UTF-16 units; all of it can be copied. */
const LONGEST = 100_000

interface MatchDetailProps {
  readonly queryId: string
  readonly index: number
  readonly match: QueryMatch
  /** To copy, and to use it elsewhere. */
  readonly copies: readonly MenuItem[]
  readonly uses: readonly MenuItem[]
  readonly onClose: () => void
}

export function MatchDetail({ queryId, index, match, copies, uses, onClose }: MatchDetailProps) {
  const text = useWholeText(queryId, index, match)
  const isCut = match.length > LONGEST
  return (
    <section className={styles.detail} aria-label={t`Match`}>
      <div className={styles.head}>
        <code className={styles.place}>{match.path === '' ? t`A computed value` : match.path}</code>
        {copies.map(({ label, icon, disabled = false, onSelect }) => (
          <IconButton key={label} label={label} icon={icon} disabled={disabled} onClick={onSelect} />
        ))}
        <IconButton label={t`Close the match`} icon={<X />} onClick={onClose} />
      </div>
      <pre className={styles.value} tabIndex={0} aria-label={t`Value of the match`}>
        {text}
      </pre>
      {isCut && <p className={styles.cut}>{rich`The first ${formatNumber(LONGEST)} of ${formatNumber(match.length)} characters.`}</p>}
      {uses.length > 0 && (
        <div className={styles.actions}>
          {uses.map(({ label, icon, onSelect }) => (
            <Button key={label} variant="ghost" icon={icon} onClick={onSelect}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}

/** What the list has of it until the rest is here. */
function useWholeText(queryId: string, index: number, match: QueryMatch): string {
  const [whole, setWhole] = useState<string | null>(null)
  const isWhole = match.text.length >= match.length
  useEffect(() => {
    if (isWhole) return
    let isWanted = true
    void readMatch(queryId, index, false, LONGEST).then((read) => {
      if (isWanted && read.ok) setWhole(read.value.text)
    })
    return () => {
      isWanted = false
    }
  }, [queryId, index, isWhole])
  return whole ?? match.text
}
