/** What an import becomes, item by item, and beside it what does not come over as it was. */
import Layers from 'lucide-react/icons/layers'
import Folder from 'lucide-react/icons/folder'
import Users from 'lucide-react/icons/users-round'
import { MAX_IMPORT_ROWS, nameWithoutMethod } from '#contract/model/import-formats.ts'
import type { ImportNote, ImportRow, ImportSummary } from '#contract/model/import.ts'
import { counted, countWords, importTitle, SEVERITY_WORDS } from '../../lib/import-words.ts'
import { MethodWord } from '../../ui/method-word.tsx'
import styles from './import.module.css'
import { told } from '../../lib/told.ts'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export function ImportSummaryView({ summary }: { readonly summary: ImportSummary }) {
  const { rows, notes, counts } = summary
  const all = counts.requests + counts.folders + counts.environments + counts.sessions
  return (
    <section className={styles.summary} aria-label={t`What it becomes`} data-notes={notes.length > 0 || undefined}>
      <p className={styles.headline} role="status" aria-label={t`Found`}>
        <strong>{importTitle(summary)}</strong>
        <span className={styles.muted}>{countWords(counts)}</span>
      </p>
      <div className={styles.columns}>
        <ul className={styles.rows} aria-label={t`Items`} tabIndex={0}>
          {rows.map((row, index) => (
            <Row key={index} row={row} />
          ))}
          {all > rows.length && <li className={styles.muted}>{t`and ${formatNumber(all - MAX_IMPORT_ROWS)} more`}</li>}
          {all === 0 && <li className={styles.muted}>{t`There is nothing in it that could be imported.`}</li>}
        </ul>
        {notes.length > 0 && <Notes notes={notes} total={counts.notes} />}
      </div>
    </section>
  )
}

function Row({ row: { kind, name, depth, method, detail, notes } }: { readonly row: ImportRow }) {
  return (
    <li className={styles.row} data-kind={kind} style={{ paddingInlineStart: `${8 + depth * 16}px` }}>
      <span className={styles.mark}>
        {kind === 'request' && method !== undefined && <MethodWord method={method} />}
        {kind === 'folder' && <Folder aria-label={t`Folder`} />}
        {kind === 'environment' && <Layers aria-label={t`Environment`} />}
        {kind === 'session' && <Users aria-label={t`Session`} />}
      </span>
      <span className={styles.name}>{nameWithoutMethod(name, method)}</span>
      {detail !== name && (
        <span className={styles.detail} title={detail}>
          {detail}
        </span>
      )}
      {notes > 0 && <span className={styles.count}>{counted(notes, 'notes')}</span>}
    </li>
  )
}

function Notes({ notes, total }: { readonly notes: readonly ImportNote[]; readonly total: number }) {
  return (
    <div className={styles.notes} role="region" aria-label={t`What does not come over as it was`} tabIndex={0}>
      {(['lost', 'changed', 'kept'] as const).map((severity) => {
        const own = notes.filter((note) => note.severity === severity)
        return own.length > 0 && <NoteGroup key={severity} severity={severity} notes={own} />
      })}
      {total > notes.length && <p className={styles.muted}>{t`and ${formatNumber(total - notes.length)} more`}</p>}
    </div>
  )
}

function NoteGroup({ severity, notes }: { readonly severity: ImportNote['severity']; readonly notes: readonly ImportNote[] }) {
  return (
    <section aria-label={SEVERITY_WORDS[severity]}>
      <h3 className={styles.severity} data-severity={severity}>
        {SEVERITY_WORDS[severity]} <span className={styles.muted}>{formatNumber(notes.length)}</span>
      </h3>
      <ul className={styles.noteList}>
        {notes.map(({ where, line, message }, index) => (
          <li key={index} className={styles.note}>
            {(where !== '' || line !== null) && (
              <span className={styles.where}>{listed([where, ...(line === null ? [] : [t`line ${line}`])].filter(Boolean))}</span>
            )}
            {told(message)}
          </li>
        ))}
      </ul>
    </section>
  )
}
