/** What is said, and can be done, where several rows of the tree are chosen. */
import Ellipsis from 'lucide-react/icons/ellipsis'
import X from 'lucide-react/icons/x'
import type { RefObject } from 'react'
import type { NodeRow } from '../../lib/tree-rows.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { menuOfSeveral } from './several-commands.tsx'
import styles from './tree.module.css'
import { t } from '../../lib/t.ts'

interface PickedBarProps {
  readonly items: readonly NodeRow[]
  readonly onClear: () => void
  /** Has the focus once nothing is chosen. */
  readonly tree: RefObject<HTMLElement | null>
}

export function PickedBar({ items, onClear, tree }: PickedBarProps) {
  return (
    <div className={styles.picked}>
      <span className={styles.pickedWords} role="status" aria-label={t`Chosen items`}>
        {items.length < 2 ? '' : t`${items.length} chosen`}
      </span>
      {items.length > 1 && (
        <>
          <Menu
            align="end"
            trigger={<IconButton label={t`Actions of the chosen items`} icon={<Ellipsis />} />}
            items={menuOfSeveral(items)}
          />
          <IconButton
            label={t`Choose none`}
            shortcut={t`Esc`}
            icon={<X />}
            onClick={() => {
              onClear()
              tree.current?.focus()
            }}
          />
        </>
      )}
    </div>
  )
}
