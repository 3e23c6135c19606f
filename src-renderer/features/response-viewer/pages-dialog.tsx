/** Asks how many pages to go through: a bound, because nobody knows beforehand how many there are. */
import { useId, useState } from 'react'
import { MOST_PAGES } from '#contract/model/pages.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './pages.module.css'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

const USUAL_PAGES = 10

export interface PagesDialogProps {
  readonly onClose: () => void
  /** Whether the answer is a later page, and says which is the first; and whether it names a next one. */
  readonly hasFirst: boolean
  readonly hasNext: boolean
  readonly onGo: (limit: number, isFromFirst: boolean) => void
}

export function PagesDialog({ hasFirst, hasNext, onClose, onGo }: PagesDialogProps) {
  const [text, setText] = useState(String(USUAL_PAGES))
  const [isFromFirst, setFromFirst] = useState(hasFirst)
  const id = useId()
  const limit = /^\d{1,6}$/.test(text.trim()) ? Number(text) : null
  const isRight = limit !== null && limit >= 2 && limit <= MOST_PAGES
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`All pages`}
      actions={
        <>
          <Button onClick={onClose}>{t`Cancel`}</Button>
          <Button variant="primary" type="submit" form={id} disabled={!isRight}>{t`Get pages`}</Button>
        </>
      }
    >
      <form
        id={id}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (isRight) onGo(limit, isFromFirst)
        }}
      >
        <p
          className={styles.explanation}
        >{t`The request is sent again for each page, as the Link header names it, and the bodies are put together. Each send has its entry in the history.`}</p>
        <div className={styles.row}>
          <span aria-hidden="true">{t`At most`}</span>
          <TextInput
            label={t`Most pages`}
            inputMode="numeric"
            className={styles.number ?? ''}
            value={text}
            autoFocus
            references={false}
            invalid={!isRight}
            describedBy={`${id}-note`}
            onChange={setText}
          />
          <span aria-hidden="true">{t`pages`}</span>
        </div>
        {hasFirst && hasNext && (
          <label className={styles.row}>
            <input type="checkbox" checked={isFromFirst} onChange={(event) => setFromFirst(event.target.checked)} />
            {t`From the first page on`}
          </label>
        )}
        <p id={`${id}-note`} className={styles.fault} role="status">
          {isRight
            ? ''
            : t`A number from 2 to ${formatNumber(MOST_PAGES)}, the ${isFromFirst ? t`first page` : t`page that is here`} among them.`}
        </p>
      </form>
    </Dialog>
  )
}
