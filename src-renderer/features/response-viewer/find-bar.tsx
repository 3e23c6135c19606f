/** The find field over a list of lines, for texts that the editor, which has its own, does not show. */
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import X from 'lucide-react/icons/x'
import type { KeyboardEvent, Ref } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './line-list.module.css'
import type { Finding } from './use-find.ts'

interface FindBarProps {
  readonly finding: Finding
  readonly field: Ref<HTMLInputElement>
  readonly onClose: () => void
}

export function FindBar({ finding, field, onClose }: FindBarProps) {
  const { query, setQuery, go, status } = finding
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) go(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape') onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles.find} role="search" aria-label="Find in the body" onKeyDown={onKeyDown}>
      <TextInput ref={field} label="Find" placeholder="Find" className={styles.findField ?? ''} value={query} onChange={setQuery} />
      <span className={styles.findStatus} role="status" aria-label="Find result">
        {status}
      </span>
      <IconButton label="Previous match" shortcut="Shift+Enter" icon={<ArrowUp />} disabled={query === ''} onClick={() => go(-1)} />
      <IconButton label="Next match" shortcut="Enter" icon={<ArrowDown />} disabled={query === ''} onClick={() => go(1)} />
      <IconButton label="Close find" shortcut="Esc" icon={<X />} onClick={onClose} />
    </div>
  )
}
