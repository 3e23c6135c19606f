/** A question or a form that must be answered before going on; Esc and the cross close it. */
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import X from 'lucide-react/icons/x'
import { IconButton } from './button.tsx'
import styles from './dialog.module.css'

export interface DialogProps {
  readonly open: boolean
  readonly onClose: () => void
  /** The dialog's accessible name. */
  readonly title: string
  readonly children: ReactNode
  /** Buttons, the expected answer last. */
  readonly actions?: ReactNode
  /** Any CSS length; 440px where absent. */
  readonly width?: string
  /** Hides the title and the cross, as the command palette does; the name stays. */
  readonly bare?: boolean
}

export function Dialog({ open, onClose, title, children, actions, width = '440px', bare = false }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content className={styles.dialog} style={{ width }} aria-describedby={undefined} data-bare={bare}>
          <header className={styles.header}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            {!bare && <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />}
          </header>
          <div className={styles.content}>{children}</div>
          {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
