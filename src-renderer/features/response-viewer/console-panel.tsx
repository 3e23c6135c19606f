/** What scripts printed while the request was sent, with its level and the line that said it; and where a script broke. */
import Copy from 'lucide-react/icons/copy'
import Eraser from 'lucide-react/icons/eraser'
import Terminal from 'lucide-react/icons/terminal'
import { useState } from 'react'
import type { Checks, ConsoleLine } from '#contract/model/checks.ts'
import { copyToClipboard } from '../../actions/bodies.ts'
import { consoleText, LEVELS } from '../../lib/script-words.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { CheckBox } from '../../ui/controls/check-box.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import styles from './console-panel.module.css'
import { AnswerScriptLine } from './answer-script-line.tsx'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export interface ConsoleView {
  readonly isCleared: boolean
  readonly onClear: () => void
  readonly hiddenLevels: readonly string[]
  readonly onHiddenLevels: (levels: readonly string[]) => void
}

/** So many are drawn at first; a loop may print thousands. */
const DRAWN_AT_ONCE = 500

/** What was printed, and at its end what broke. */
export function consoleLines(checks: Checks | undefined): readonly ConsoleLine[] {
  if (!checks) return []
  const faults = checks.faults.map(({ message, from, line }): ConsoleLine => ({ level: 'error', text: message, from, line }))
  return [...checks.console, ...faults]
}

export function ConsolePanel({ lines, view }: { readonly lines: readonly ConsoleLine[]; readonly view: ConsoleView }) {
  const [drawn, setDrawn] = useState(DRAWN_AT_ONCE)
  if (lines.length === 0 || view.isCleared) {
    return (
      <EmptyState icon={<Terminal />} title={lines.length === 0 ? t`Nothing was printed` : t`Cleared`}>
        <span>
          {lines.length === 0
            ? t`What scripts print with console.log() stands here, with the line that did.`
            : t`What the next send prints stands here.`}
        </span>
      </EmptyState>
    )
  }
  const hidden = new Set(view.hiddenLevels)
  const shown = lines.filter(({ level }) => !hidden.has(level))
  const present = LEVELS.filter((level) => lines.some((line) => line.level === level))
  return (
    <>
      <div className={styles.bar}>
        <div className={styles.levels} role="group" aria-label={t`Levels`}>
          {present.map((level) => (
            <CheckBox
              key={level}
              label={level}
              checked={!hidden.has(level)}
              onChange={(isShown) =>
                view.onHiddenLevels(isShown ? view.hiddenLevels.filter((one) => one !== level) : [...view.hiddenLevels, level])
              }
            />
          ))}
        </div>
        <span className={styles.count}>{shown.length < lines.length ? t`${shown.length} of ${lines.length}` : ''}</span>
        <IconButton label={t`Copy these lines`} icon={<Copy />} onClick={() => void copyToClipboard(consoleText(shown))} />
        <IconButton label={t`Clear the console`} icon={<Eraser />} onClick={view.onClear} />
      </div>
      <div className={styles.scroll} role="log" aria-label={t`Console`} aria-live="off" tabIndex={0}>
        {shown.slice(0, drawn).map((line, index) => (
          <Line key={index} line={line} />
        ))}
        {shown.length > drawn && (
          <Button variant="ghost" onClick={() => setDrawn(drawn + DRAWN_AT_ONCE)}>
            {t`Show more of ${formatNumber(shown.length)}`}
          </Button>
        )}
      </div>
    </>
  )
}

function Line({ line: { level, text, from, line } }: { readonly line: ConsoleLine }) {
  return (
    <div className={styles.line} data-level={level}>
      <span className={styles.level}>{level}</span>
      <span className={styles.text}>{text}</span>
      <span className={styles.from}>
        <AnswerScriptLine from={from} line={line} />
      </span>
    </div>
  )
}
