/** Earlier versions of a file: when each was put aside, how it differs from the file now, and putting it back. */
import Equal from 'lucide-react/icons/equal'
import History from 'lucide-react/icons/history'
import { type KeyboardEvent } from 'react'
import type { BackupVersion } from '#contract/model/backup.ts'
import { chooseVersion, closeVersions, restoreVersion } from '../../actions/backups.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { clockTime } from '../../lib/history-rows.ts'
import { timeWords } from '../../lib/time-words.ts'
import { useBackupsStore } from '../../stores/backups-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import styles from './backups.module.css'
import { Awaiting } from '../../lib/lazy-part.ts'
import { DiffView } from '../../monaco/parts.ts'
import { localeOfTexts, t } from '../../lib/t.ts'

const HOUR_MS = 3600 * 1000

export function BackupsDialog() {
  const file = useBackupsStore((state) => state.file)
  const list = useBackupsStore((state) => state.list)
  const text = useBackupsStore((state) => state.text)
  const fault = useBackupsStore((state) => state.fault)
  if (!file) return null
  const isSame = text !== null && text === list?.current?.text
  return (
    <Dialog
      open
      onClose={closeVersions}
      title={t`Earlier versions of “${file.name}”`}
      width="1080px"
      actions={
        <>
          <Button onClick={closeVersions}>{t`Close`}</Button>
          <Button
            variant="primary"
            disabled={text === null || isSame}
            onClick={() => void restoreVersion()}
          >{t`Restore this version`}</Button>
        </>
      }
    >
      {fault !== null && <ProblemNote live message={fault} />}
      <div className={styles.room}>
        {list?.versions.length === 0 ? (
          <EmptyState icon={<History />} title={t`No earlier versions yet`}>
            <p>{t`Whenever something else is saved in its place, the text before is kept here: the last twenty.`}</p>
          </EmptyState>
        ) : (
          <>
            <VersionList versions={list?.versions ?? []} />
            <Difference />
          </>
        )}
      </div>
    </Dialog>
  )
}

function VersionList({ versions }: { readonly versions: readonly BackupVersion[] }) {
  const chosen = useBackupsStore((state) => state.chosen)
  const now = new Date()
  const choose = (index: number): void => {
    const version = versions[Math.max(0, Math.min(versions.length - 1, index))]
    if (version) void chooseVersion(version.id)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = versions.findIndex(({ id }) => id === chosen)
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: versions.length - 1 }[event.key]
    if (target === undefined) return
    event.preventDefault()
    choose(target)
  }
  return (
    <div
      className={styles.versions}
      role="listbox"
      aria-label={t`Versions`}
      aria-activedescendant={chosen === null ? undefined : `version-${chosen}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {versions.map(({ id, at, bytes }) => (
        <div
          key={id}
          id={`version-${id}`}
          className={styles.version}
          role="option"
          aria-selected={id === chosen}
          title={`${new Date(at).toLocaleString(localeOfTexts())}, ${formatBytes(bytes)}`}
          onClick={() => void chooseVersion(id)}
        >
          <span className={styles.when}>{timeWords(at, now)}</span>
          {/* Within the hour the words alone do not tell one from the next. */}
          <span className={styles.size}>{now.getTime() - Date.parse(at) < HOUR_MS ? clockTime(at) : formatBytes(bytes)}</span>
        </div>
      ))}
    </div>
  )
}

function Difference() {
  const current = useBackupsStore((state) => state.list?.current ?? null)
  const path = useBackupsStore((state) => state.list?.path ?? '')
  const text = useBackupsStore((state) => state.text)
  if (text === null) return <div className={styles.difference} aria-busy="true" />
  return (
    <div className={styles.difference}>
      <div className={styles.head}>
        <span>
          <span aria-hidden="true">− </span>
          {t`This version`}
        </span>
        <span title={path}>
          <span aria-hidden="true">+ </span>
          {current === null ? t`${path} is not there now` : t`${path} now`}
        </span>
      </div>
      {text === current?.text ? (
        <EmptyState icon={<Equal />} title={t`The same as now`}>
          <p>{t`Nothing differs.`}</p>
        </EmptyState>
      ) : (
        <div className={styles.diff} role="group" aria-label={t`Differences`}>
          <Awaiting fallback={<div aria-busy="true" />}>
            <DiffView left={text} right={current?.text ?? ''} label={t`This version, and the file now`} />
          </Awaiting>
        </div>
      )}
    </div>
  )
}
