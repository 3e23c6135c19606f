/** Where in a script something was said or went wrong: a way there, where the script has an editor. */
import { use } from 'react'
import type { ScriptPlace } from '#contract/model/checks.ts'
import { goToScript, hasScriptPage } from '../../actions/script-places.ts'
import { scriptWords } from '../../lib/script-words.ts'
import styles from './tests-panel.module.css'
import { UsedIn } from './used-in.ts'

interface ScriptLineProps {
  readonly from: ScriptPlace
  /** From 1; null: not known. */
  readonly line: number | null
  readonly column?: number | null
}

export function ScriptLine({ from, line, column = null }: ScriptLineProps) {
  const draftId = use(UsedIn)
  const words = `${scriptWords(from)}${line === null ? '' : `, line ${line}`}`
  if (draftId === null || line === null || !hasScriptPage(from)) return <span className={styles.place}>{words}</span>
  return (
    <button type="button" className={styles.link} onClick={() => void goToScript(draftId, from, line, column ?? 1)}>
      {words}
    </button>
  )
}
