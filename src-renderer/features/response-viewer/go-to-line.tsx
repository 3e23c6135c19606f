/** The bar above the lines of a body that goes to a line by its number, or to a column of it. */
import X from 'lucide-react/icons/x'
import { useId, useState, type KeyboardEvent, type Ref } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './find-bar.module.css'
import { placeOf } from './line-number.ts'
import type { TextPoint } from './text-selection.ts'
import { rich, t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

interface GoToLineProps {
  /** Number of lines. */
  readonly lines: number
  /** There are more to come: one that is not there yet is gone to once it is. */
  readonly isGrowing: boolean
  readonly field: Ref<HTMLInputElement>
  readonly onGo: (point: TextPoint) => void
  readonly onClose: () => void
}

export function GoToLine({ lines, isGrowing, field, onGo, onClose }: GoToLineProps) {
  const [text, setText] = useState('')
  const hint = useId()
  const place = placeOf(text, isGrowing ? Infinity : lines)
  const isWrong = text.trim() !== '' && place === null
  const go = (): void => {
    if (place !== null) onGo(place)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) go()
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles.bar} role="search" aria-label={t`Go to line`} onKeyDown={onKeyDown}>
      <TextInput
        ref={field}
        label={t`Line`}
        placeholder={t`Line, or line:column`}
        className={styles.field ?? ''}
        references={false}
        invalid={isWrong}
        describedBy={hint}
        value={text}
        onChange={setText}
      />
      <Button onClick={go} disabled={place === null}>{t`Go to line`}</Button>
      <span id={hint} className={isWrong ? styles.wrong : styles.status}>
        {rich`1 to ${formatNumber(lines)}${isGrowing && t` so far`}`}
      </span>
      <IconButton label={t`Close`} shortcut={t`Esc`} icon={<X />} onClick={onClose} />
    </div>
  )
}
