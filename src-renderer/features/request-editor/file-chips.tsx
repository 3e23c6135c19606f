/** Files as chips: name and size, with path and type in the tooltip; one that is not there says so in red. */
import FileIcon from 'lucide-react/icons/file'
import FileX from 'lucide-react/icons/file-x'
import X from 'lucide-react/icons/x'
import type { FileFact } from '../../actions/file-facts.ts'
import { baseName } from '../../lib/file-names.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import styles from './files.module.css'
import { t } from '../../lib/t.ts'

interface FileChipsProps {
  readonly files: readonly string[]
  readonly facts: ReadonlyMap<string, FileFact>
  /** Takes a file out, by its index. */
  readonly onRemove: (index: number) => void
  /** The type that will be sent, where it was given; otherwise each file's own is shown. */
  readonly contentType: string
  /** The name that the one file is sent under, where it is another than its own. */
  readonly sentAs?: string
}

export function FileChips({ files, facts, onRemove, contentType, sentAs = '' }: FileChipsProps) {
  if (files.length === 0) return null
  return (
    <ul className={styles.chips} aria-label={t`Chosen files`}>
      {files.map((path, index) => (
        <FileChip
          key={`${index}:${path}`}
          path={path}
          name={sentAs || baseName(path)}
          fact={facts.get(path)}
          contentType={contentType}
          onRemove={() => onRemove(index)}
        />
      ))}
    </ul>
  )
}

interface FileChipProps {
  readonly name: string
  readonly path: string
  readonly fact: FileFact | undefined
  readonly contentType: string
  readonly onRemove: () => void
}

function FileChip({ name, path, fact, contentType, onRemove }: FileChipProps) {
  const isMissing = fact?.bytes === null
  const type = isMissing || !fact ? '' : contentType || (fact.contentType ?? 'application/octet-stream')
  const words = isMissing
    ? fact.error?.kind === 'FileNotFound'
      ? t`not found`
      : t`cannot be read`
    : !fact || fact.bytes === null
      ? ''
      : formatBytes(fact.bytes)
  return (
    <li className={styles.chip} data-missing={isMissing} title={[fact?.resolved ?? path, type].filter(Boolean).join('\n')}>
      {isMissing ? <FileX aria-hidden="true" /> : <FileIcon aria-hidden="true" />}
      <span className={styles.chipName}>{name}</span>
      {words !== '' && <span className={styles.chipFacts}>{words}</span>}
      <button type="button" className={styles.chipRemove} aria-label={t`Remove ${name}`} onClick={onRemove}>
        <X aria-hidden="true" />
      </button>
    </li>
  )
}
