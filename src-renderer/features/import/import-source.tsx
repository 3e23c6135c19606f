/** What is imported: a box to paste into, or the files that were given; and its format, where that is not found. */
import FileText from 'lucide-react/icons/file-text'
import FolderOpen from 'lucide-react/icons/folder-open'
import { IMPORT_FORMATS } from '#contract/model/import-formats.ts'
import type { ImportFormat } from '#contract/model/import.ts'
import { chooseImport, chooseImportFormat, typeImport } from '../../actions/import.ts'
import { counted } from '../../lib/import-words.ts'
import { useImportStore } from '../../stores/import-store.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import styles from './import.module.css'
import { told } from '../../lib/told.ts'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'

const FOUND = 'found'
const FORMATS = [
  { value: FOUND, label: t`Detect` },
  ...Object.entries(IMPORT_FORMATS).map(([value, label]) => ({ value, label: told(label) })),
]

const UNDERSTOOD = [
  t`cURL, wget, HTTPie and PowerShell commands, JavaScript fetch, Python requests, raw HTTP, .http files`,
  t`Postman, Insomnia, Bruno, Hoppscotch, Thunder Client, OpenAPI and Swagger, HAR`,
]

export function ImportSourceFields() {
  const text = useImportStore((state) => state.text)
  const files = useImportStore((state) => state.files)
  const format = useImportStore((state) => state.format)
  const isEmpty = useImportStore((state) => state.summary === null && state.text === '' && state.files.length === 0)
  return (
    <div className={styles.source}>
      {files.length > 0 ? (
        <p className={styles.files}>
          <FileText aria-hidden="true" />
          <span
            className={styles.fileNames}
            title={files
              .slice(0, 30)
              .map(({ name }) => name)
              .join('\n')}
          >
            {files.length === 1
              ? files[0]?.name
              : t`${counted(files.length, 'files')}: ${listed(files.slice(0, 5).map(({ name }) => name))}`}
          </span>
          <Button variant="ghost" onClick={() => typeImport('')}>{t`Remove`}</Button>
        </p>
      ) : (
        <textarea
          className={styles.text}
          data-small={!isEmpty || undefined}
          aria-label={t`Text to import`}
          spellCheck={false}
          autoFocus
          placeholder={t`Paste a command, code or a collection here, or drop files anywhere on this dialog`}
          value={text}
          onChange={(event) => typeImport(event.target.value)}
        />
      )}
      <div className={styles.choices}>
        <Button icon={<FileText />} onClick={() => void chooseImport('files')}>{t`Choose files…`}</Button>
        <Button icon={<FolderOpen />} onClick={() => void chooseImport('folder')}>{t`Choose a folder…`}</Button>
        <span className={styles.space} />
        <Select
          label={t`Input format`}
          showLabel
          value={format ?? FOUND}
          options={FORMATS}
          // The options are the formats themselves, and the first.
          onChange={(value) => chooseImportFormat(value === FOUND ? null : (value as ImportFormat))}
        />
      </div>
      {isEmpty && (
        <ul className={styles.understood} aria-label={t`What can be imported`}>
          {UNDERSTOOD.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
