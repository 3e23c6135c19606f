/** Keys worth knowing where there is nothing else to see. */
import { shortcutText } from '../lib/shortcut-text.ts'
import styles from './key-list.module.css'

interface KeyListProps {
  /** What each does, and the key as `Ctrl+N`. */
  readonly keys: readonly (readonly [label: string, keys: string])[]
}

export function KeyList({ keys }: KeyListProps) {
  return (
    <dl className={styles.keys}>
      {keys.map(([label, key]) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            <kbd>{shortcutText(key)}</kbd>
          </dd>
        </div>
      ))}
    </dl>
  )
}
