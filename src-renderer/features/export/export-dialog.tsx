/** Export: the format, the text that it comes to, and what is not in it. Files are handed over when the button is pressed. */
import { CODE_LANGUAGES } from '#contract/model/code-languages.ts'
import { EXPORT_FORMATS, type ExportFormat, type ExportTarget } from '#contract/model/export-formats.ts'
import { chooseExportFormat, closeExport, copyExport, isArchive, revealInExport, saveExport } from '../../actions/export.ts'
import { useExportStore, type Exported } from '../../stores/export-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { LoadFields } from './load-fields.tsx'
import styles from './export.module.css'
import { Awaiting } from '../../lib/lazy-part.ts'
import { ReadOnlyView } from '../../monaco/parts.ts'
import { told } from '../../lib/told.ts'
import { t } from '../../lib/t.ts'

interface Target extends SelectOption<ExportTarget> {
  /** Its name among Monaco's languages. */
  readonly editor: (typeof EXPORT_FORMATS)[ExportFormat]['editor'] | (typeof CODE_LANGUAGES)[number]['editor']
}

const TARGETS: readonly Target[] = [
  // The keys of the table are its formats.
  ...(Object.keys(EXPORT_FORMATS) as ExportFormat[]).map((format): Target => {
    const { title, editor } = EXPORT_FORMATS[format]
    return { value: format, label: told(title), group: t`Documents`, editor }
  }),
  ...CODE_LANGUAGES.map(({ id, title, group, editor }): Target => ({ value: id, label: title, group: t`Code: ${group}`, editor })),
]

export function ExportDialog() {
  const subject = useExportStore((state) => state.subject)
  const format = useExportStore((state) => state.format)
  const isClear = useExportStore((state) => state.isClear)
  const exported = useExportStore((state) => state.exported)
  const error = useExportStore((state) => state.error)
  const isReady = useExportStore((state) => state.exported !== null && !state.isStale)
  const files = exported?.files ?? []
  const many = files.length > 1
  return (
    <Dialog
      open
      onClose={closeExport}
      title={t`Export ${subject?.name ?? ''}`.trim()}
      width="820px"
      actions={
        <>
          <Button onClick={closeExport}>{t`Cancel`}</Button>
          <Button disabled={!isReady} onClick={() => void copyExport()}>{t`Copy`}</Button>
          <Button variant="primary" disabled={!isReady} onClick={() => void saveExport()}>
            {isArchive(files, format) ? t`Save as ZIP` : many ? t`Save ${files.length} files` : t`Save file`}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <div className={styles.choices}>
          <Select label={t`Output format`} showLabel value={format} options={TARGETS} onChange={chooseExportFormat} />
          {exported && many && <FileChoice exported={exported} />}
          <label className={styles.clear}>
            <input type="checkbox" checked={isClear} onChange={(event) => revealInExport(event.target.checked)} />
            {t`Keep typed credentials in clear`}
          </label>
        </div>
        {format === 'k6' && <LoadFields />}
        {error && <ProblemNote live kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />}
        {exported && <Texts exported={exported} format={format} />}
      </div>
    </Dialog>
  )
}

function FileChoice({ exported: { files } }: { readonly exported: Exported }) {
  const file = useExportStore((state) => state.file)
  const change = useExportStore((state) => state.change)
  const options = files.map(({ name }, index) => ({ value: String(index), label: name }))
  return (
    <Select
      label={t`File`}
      showLabel
      value={String(file)}
      options={options}
      onChange={(index) => change({ file: Number(index) })}
      className={styles.file ?? ''}
      canBeCut
      title={options[file]?.label ?? ''}
    />
  )
}

function Texts({ exported: { files, notes }, format }: { readonly exported: Exported; readonly format: ExportTarget }) {
  const file = useExportStore((state) => state.file)
  const shown = files[file] ?? files[0]
  if (!shown) return null
  const language = shown.name.endsWith('.json') ? 'json' : (TARGETS.find(({ value }) => value === format)?.editor ?? 'plaintext')
  return (
    <>
      <div className={styles.text}>
        <Awaiting fallback={<pre className={styles.plain}>{shown.text}</pre>}>
          <ReadOnlyView
            viewKey={`export/${format}/${shown.name}`}
            text={shown.text}
            language={language}
            label={t`Exported text`}
            wrap={false}
          />
        </Awaiting>
      </div>
      {notes.length > 0 && (
        <ul className={styles.notes} aria-label={t`What is not in it`} tabIndex={0}>
          {notes.map(({ where, message, severity }, index) => (
            <li key={index} className={styles.note} data-severity={severity}>
              {where !== '' && <span className={styles.where}>{where}</span>}
              {told(message)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
