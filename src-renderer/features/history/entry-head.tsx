/** The head of an entry that is shown: what it is, and what can be done with it. Its answer stands below, by another feature. */
import Columns from 'lucide-react/icons/columns-2'
import Copy from 'lucide-react/icons/copy-plus'
import PinIcon from 'lucide-react/icons/pin'
import PinOff from 'lucide-react/icons/pin-off'
import Repeat from 'lucide-react/icons/repeat'
import Trash from 'lucide-react/icons/trash-2'
import X from 'lucide-react/icons/x'
import type { HistoryEntry } from '#contract/model/history.ts'
import { cancel } from '../../actions/send.ts'
import { closeHistory, compareWithNext, openAsNew, pinEntries, removeEntries, resendEntry } from '../../actions/history.ts'
import { HISTORY_TAB } from '../../lib/history-tab.ts'
import { clockTime, dayLabel } from '../../lib/history-rows.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { MethodWord } from '../../ui/method-word.tsx'
import styles from './history.module.css'
import { t } from '../../lib/t.ts'

export function EntryHead({ entry }: { readonly entry: HistoryEntry }) {
  const { id, pinned } = entry
  const isSending = useExchangesStore((state) => exchangeOf(HISTORY_TAB)(state).sending !== null)
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <MethodWord method={entry.method} />
        <h2 className={styles.url} title={entry.url}>
          {entry.url}
        </h2>
        <IconButton label={t`Close the history entry`} shortcut={t`Esc`} icon={<X />} onClick={closeHistory} />
      </div>
      <div className={styles.bar}>
        <span className={styles.facts}>{factsOf(entry)}</span>
        <div className={styles.deeds}>
          <Button icon={<Copy />} onClick={() => void openAsNew(id)}>{t`Open as new request`}</Button>
          {isSending ? (
            <Button icon={<X />} onClick={() => cancel(HISTORY_TAB)}>{t`Cancel`}</Button>
          ) : (
            <Button
              icon={<Repeat />}
              tooltip={t`The same method, URL, header lines and body, byte for byte; nothing is prepared anew`}
              onClick={() => void resendEntry(id)}
            >{t`Resend exactly`}</Button>
          )}
          <IconButton label={t`Compare with another entry`} icon={<Columns />} onClick={() => compareWithNext(id)} />
          <IconButton
            label={pinned ? t`Unpin: the limits may remove it` : t`Pin: keep it whatever the limits`}
            icon={pinned ? <PinOff /> : <PinIcon />}
            onClick={() => void pinEntries([id], !pinned)}
          />
          <IconButton label={t`Delete the entry`} icon={<Trash />} onClick={() => void removeEntries([id])} />
        </div>
      </div>
    </header>
  )
}

function factsOf({ startedAt, session, environment }: HistoryEntry): string {
  const parts = [
    t`Sent ${dayLabel(new Date(startedAt), new Date()).replace(/^[TY]/, (letter) => letter.toLowerCase())} at ${clockTime(startedAt)}`,
    session === null || session === 'default' ? '' : t`session ${session}`,
    environment === null ? '' : t`environment ${environment}`,
  ]
  return parts.filter((part) => part !== '').join(' · ')
}
