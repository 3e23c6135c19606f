/** A dialog with a form in it, sent off by Enter or its button; where what it is for fails, it stays with the reason. */
import { useState, type ReactNode } from 'react'
import type { WireError } from '#contract/errors.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { t } from '../lib/t.ts'

export interface FormDialogProps {
  readonly id: string
  readonly title: string
  /** What the button that sends it off says. */
  readonly button: string
  readonly isReady: boolean
  readonly className: string | undefined
  readonly onCancel: () => void
  readonly onSubmit: () => void
  readonly children: ReactNode
}

export function FormDialog({ id, title, button, isReady, className, onCancel, onSubmit, children }: FormDialogProps) {
  return (
    <Dialog
      open
      onClose={onCancel}
      title={title}
      actions={
        <>
          <Button onClick={onCancel}>{t`Cancel`}</Button>
          <Button variant="primary" type="submit" form={id} disabled={!isReady}>
            {button}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className={className}
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) onSubmit()
        }}
      >
        {children}
      </form>
    </Dialog>
  )
}

export interface Attempt {
  /** Why the last one failed, until something else is typed. */
  readonly fault: WireError | null
  readonly isBusy: boolean
  /** Tries it, one at a time. @returns whether it was done */
  readonly run: (what: () => Promise<WireError | null>) => Promise<boolean>
  readonly forgetFault: () => void
}

export function useAttempt(): Attempt {
  const [fault, setFault] = useState<WireError | null>(null)
  const [isBusy, setBusy] = useState(false)
  return {
    fault,
    isBusy,
    run: async (what) => {
      if (isBusy) return false
      setBusy(true)
      const failure = await what()
      setBusy(false)
      setFault(failure)
      return failure === null
    },
    forgetFault: () => setFault(null),
  }
}
