/**
 * The files of one multipart row: chips for what is chosen, a field for a typed path, a button for the dialog. Where a
 * file was copied to is nobody's to edit: then the chips say all.
 */
import FolderOpen from 'lucide-react/icons/folder-open'
import { useState, type KeyboardEvent } from 'react'
import type { FilePart, Part } from '#contract/model/request.ts'
import type { FileFact } from '../../actions/file-facts.ts'
import { pickFiles, sentAs } from '../../actions/files.ts'
import { isCopyIn } from '../../lib/file-names.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { FileChips } from './file-chips.tsx'
import { withFiles, withoutFile } from './part-edits.ts'
import styles from './files.module.css'
import { t } from '../../lib/t.ts'

interface FileCellProps {
  readonly part: FilePart
  readonly facts: ReadonlyMap<string, FileFact>
  readonly invalid: boolean
  readonly describedBy: string | undefined
  readonly onChange: (what: string, change: (part: Part) => Part) => void
}

export function FileCell({ part, facts, invalid, describedBy, onChange }: FileCellProps) {
  const [another, setAnother] = useState('')
  // One file is edited where it stands; further ones are typed and entered.
  const isSingle = part.files.length <= 1
  const dataDir = useAppStore((state) => state.info?.dataDir ?? '')
  const isCopied = part.files.length > 0 && part.files.every((path) => isCopyIn(dataDir, path))
  const changeFiles = (what: string, change: (part: FilePart) => FilePart): void =>
    onChange(what, (old) => (old.kind === 'file' ? change(old) : old))
  const add = (paths: readonly string[]): void => changeFiles('files', (old) => withFiles(old, paths))
  const enter = (): void => {
    if (another.trim() === '') return
    add([another.trim()])
    setAnother('')
  }
  const type = (text: string): void => {
    if (isSingle) changeFiles('files.0.value', (old) => ({ ...old, files: text === '' ? [] : [text] }))
    else setAnother(text)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || isSingle) return
    event.preventDefault()
    enter()
  }
  const choose = async (): Promise<void> => {
    const picked = await pickFiles({ title: t`Choose files for ${part.name === '' ? t`this field` : part.name}`, multiple: true })
    const [first] = picked
    // Only a row of one file can say under which name it is sent.
    const name = first && picked.length === 1 && part.files.length === 0 ? sentAs(first) : ''
    changeFiles('files', (old) => ({
      ...withFiles(
        old,
        picked.map((file) => file.path),
      ),
      filename: old.filename || name,
    }))
  }
  return (
    <div className={styles.cell} data-copied={isCopied}>
      <FileChips
        files={part.files}
        facts={facts}
        contentType={part.contentType}
        sentAs={part.files.length === 1 ? part.filename : ''}
        onRemove={(index) => changeFiles('files', (old) => withoutFile(old, index))}
      />
      <div className={styles.cellLine}>
        {!isCopied && (
          <TextInput
            label={t`File path`}
            code
            className={styles.path ?? ''}
            data-cell="value"
            value={isSingle ? (part.files[0] ?? '') : another}
            onChange={type}
            onBlur={enter}
            onKeyDown={onKeyDown}
            placeholder={isSingle ? t`Path of a file` : t`Path of another file`}
            invalid={invalid}
            {...(describedBy !== undefined && { describedBy })}
          />
        )}
        <IconButton
          label={t`Choose files for this row`}
          icon={<FolderOpen />}
          onClick={() => void choose()}
          {...(isCopied && { 'data-cell': 'value' })}
        />
      </div>
    </div>
  )
}
