/**
 * A question or a form that must be answered before going on; Esc and the cross close it. It opens with the focus in its
 * first field, or where `autoFocus` says; one without a field has it itself, so that it is read out and Esc reaches it.
 * When it closes the focus goes back to where it was.
 */
import { Dialog as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import X from 'lucide-react/icons/x'
import { IconButton } from './button.tsx'
import styles from './dialog.module.css'
import { t } from '../lib/t.ts'

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
  const [opener] = useState(() => document.activeElement)
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.overlay} />
        <Radix.Content
          className={styles.dialog}
          style={{ width }}
          aria-describedby={undefined}
          data-bare={bare}
          onOpenAutoFocus={focusFirstField}
          // Radix would give it to the dialog's trigger, and ours have none.
          onCloseAutoFocus={(event) => giveFocusBack(event, opener)}
        >
          <header className={styles.header}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            {!bare && <IconButton label={t`Close`} shortcut={t`Esc`} icon={<X />} onClick={onClose} />}
          </header>
          <div className={styles.content}>{children}</div>
          {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Fields, and regions that the keyboard works in. Not buttons: what they do is not to be one Enter away unread. */
const FIELDS = 'input:enabled, select:enabled, textarea:enabled, [tabindex="0"]'

/** In place of the first control, which is the cross. Not called where `autoFocus` has put the focus already. */
function focusFirstField(event: Event): void {
  const dialog = event.currentTarget
  if (!(dialog instanceof HTMLElement)) return
  event.preventDefault()
  const field = dialog.querySelector<HTMLElement>(FIELDS) ?? dialog
  field.focus()
}

/** Not where the answer has put the focus elsewhere meanwhile. */
function giveFocusBack(event: Event, opener: Element | null): void {
  event.preventDefault()
  if (document.activeElement === document.body && opener instanceof HTMLElement && opener.isConnected) opener.focus()
}
