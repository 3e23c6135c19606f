/** Files as chips: name, size, type; one that is not there says so in red. */
import FileIcon from 'lucide-react/icons/file'
import FileX from 'lucide-react/icons/file-x'
import X from 'lucide-react/icons/x'
import type { FileFact } from '../../actions/file-facts.ts'
import { baseName } from '../../lib/file-names.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import styles from './files.module.css'

interface FileChipsProps {
  readonly files: readonly string[]
  readonly facts: ReadonlyMap<string, FileFact>
  /** Takes a file out, by its index. */
  readonly onRemove: (index: number) => void
  /** The type that will be sent, where it was given; otherwise each file's own is shown. */
  readonly contentType: string
}

export function FileChips({ files, facts, onRemove, contentType }: FileChipsProps) {
  if (files.length === 0) return null
  return (
    <ul className={styles.chips} aria-label="Chosen files">
      {files.map((path, index) => (
        <FileChip key={`${index}:${path}`} path={path} fact={facts.get(path)} contentType={contentType} onRemove={() => onRemove(index)} />
      ))}
    </ul>
  )
}

interface FileChipProps {
  readonly path: string
  readonly fact: FileFact | undefined
  readonly contentType: string
  readonly onRemove: () => void
}

function FileChip({ path, fact, contentType, onRemove }: FileChipProps) {
  const name = baseName(path)
  const isMissing = fact?.bytes === null
  const words = isMissing ? (fact.error?.kind === 'FileNotFound' ? 'not found' : 'cannot be read') : describe(fact, contentType)
  return (
    <li className={styles.chip} data-missing={isMissing} title={fact?.resolved ?? path}>
      {isMissing ? <FileX aria-hidden="true" /> : <FileIcon aria-hidden="true" />}
      <span className={styles.chipName}>{name}</span>
      {words !== '' && <span className={styles.chipFacts}>{words}</span>}
      <button type="button" className={styles.chipRemove} aria-label={`Remove ${name}`} onClick={onRemove}>
        <X aria-hidden="true" />
      </button>
    </li>
  )
}

function describe(fact: FileFact | undefined, contentType: string): string {
  if (!fact || fact.bytes === null) return ''
  return [formatBytes(fact.bytes), contentType || (fact.contentType ?? 'application/octet-stream')].join(' · ')
}
