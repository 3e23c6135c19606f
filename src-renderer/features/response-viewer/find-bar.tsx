/** The bar above the lines of a body that finds in them. */
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import CaseSensitive from 'lucide-react/icons/case-sensitive'
import ListFilter from 'lucide-react/icons/list-filter'
import Regex from 'lucide-react/icons/regex'
import WholeWord from 'lucide-react/icons/whole-word'
import X from 'lucide-react/icons/x'
import { useId, type KeyboardEvent, type Ref } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './find-bar.module.css'
import type { Finding } from './use-find.ts'
import { told } from '../../lib/told.ts'
import { t } from '../../lib/t.ts'

interface FindBarProps {
  readonly finding: Finding
  readonly field: Ref<HTMLInputElement>
  readonly onClose: () => void
}

export function FindBar({ finding, field, onClose }: FindBarProps) {
  const { query, change, isFilter, setFilter, go, status, error } = finding
  const problem = useId()
  const onKeyDown = (event: KeyboardEvent): void => {
    const isField = event.target instanceof HTMLInputElement
    if (event.key === 'Enter' && isField && !event.nativeEvent.isComposing) go(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles.bar} role="search" aria-label={t`Find in the body`} onKeyDown={onKeyDown}>
      <TextInput
        ref={field}
        label={t`Find`}
        placeholder={t`Find`}
        className={styles.field ?? ''}
        references={false}
        code
        invalid={error !== null}
        {...(error !== null && { describedBy: problem })}
        value={query.text}
        onChange={(text) => change({ text })}
      />
      <div className={styles.buttons}>
        <IconButton
          label={t`Match case`}
          icon={<CaseSensitive />}
          pressed={query.matchCase}
          onClick={() => change({ matchCase: !query.matchCase })}
        />
        <IconButton
          label={t`Whole words`}
          icon={<WholeWord />}
          pressed={query.wholeWord}
          onClick={() => change({ wholeWord: !query.wholeWord })}
        />
        <IconButton label={t`Regular expression`} icon={<Regex />} pressed={query.regex} onClick={() => change({ regex: !query.regex })} />
        <IconButton label={t`Only lines with a match`} icon={<ListFilter />} pressed={isFilter} onClick={() => setFilter(!isFilter)} />
      </div>
      <span className={styles.status} role="status" aria-label={t`Find result`}>
        {status}
      </span>
      <div className={styles.buttons}>
        <IconButton
          label={t`Previous match`}
          shortcut="Shift+Enter"
          icon={<ArrowUp />}
          disabled={query.text === ''}
          onClick={() => go(-1)}
        />
        <IconButton label={t`Next match`} shortcut={t`Enter`} icon={<ArrowDown />} disabled={query.text === ''} onClick={() => go(1)} />
        <IconButton label={t`Close find`} shortcut={t`Esc`} icon={<X />} onClick={onClose} />
      </div>
      {error !== null && (
        <p id={problem} role="alert" className={styles.error}>
          {[error.message, error.hint ?? ''].filter(Boolean).map(told).join(' ')}
        </p>
      )}
    </div>
  )
}
