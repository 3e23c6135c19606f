/** What became of a check, by a sign and a word: never by colour alone. */
import CircleCheck from 'lucide-react/icons/circle-check'
import CircleDashed from 'lucide-react/icons/circle-dashed'
import CircleX from 'lucide-react/icons/circle-x'
import styles from './verdict.module.css'
import { t } from '../lib/t.ts'

export type Outcome = 'passed' | 'failed' | 'skipped'

interface VerdictProps {
  readonly outcome: Outcome
  /** In place of `Passed`, `Failed` and `Skipped`. */
  readonly word?: string
}

const WORDS: Readonly<Record<Outcome, string>> = { passed: t`Passed`, failed: t`Failed`, skipped: t`Skipped` }
const SIGNS = { passed: CircleCheck, failed: CircleX, skipped: CircleDashed } as const

export function Verdict({ outcome, word = WORDS[outcome] }: VerdictProps) {
  const Sign = SIGNS[outcome]
  return (
    <span className={styles.verdict} data-outcome={outcome}>
      <Sign aria-hidden="true" />
      {word}
    </span>
  )
}
