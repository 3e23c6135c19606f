/** Where in a script something was said or went wrong: a way there, where it is known for which request the script ran. */
import type { ScriptPlace } from '#contract/model/checks.ts'
import { hasScriptPage } from '../actions/script-places.ts'
import { scriptWords } from '../lib/script-words.ts'
import styles from './script-line.module.css'
import { t } from '../lib/t.ts'

export interface ScriptLineProps {
  readonly from: ScriptPlace
  /** From 1; null: not known. */
  readonly line: number | null
  readonly column?: number | null
  /** Null: there is no way. */
  readonly onGo: ((from: ScriptPlace, line: number, column: number) => void) | null
}

export function ScriptLine({ from, line, column = null, onGo }: ScriptLineProps) {
  const words = `${scriptWords(from)}${line === null ? '' : t`, line ${line}`}`
  if (onGo === null || line === null || !hasScriptPage(from)) return <span className={styles.place}>{words}</span>
  return (
    <button type="button" className={styles.link} onClick={() => onGo(from, line, column ?? 1)}>
      {words}
    </button>
  )
}
