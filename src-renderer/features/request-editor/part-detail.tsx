/** What a multipart row says about itself beyond name and value: its media type, the file name it is sent under, further headers. */
import type { Part, Row } from '#contract/model/request.ts'
import { baseName } from '../../lib/file-names.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { KeyValueTable } from '../../ui/key-value-table/index.ts'
import { TextInput } from '../../ui/text-input.tsx'
import { useCallback } from 'react'
import { CONTENT_TYPES } from '../../lib/header-names.ts'
import controls from '../../ui/controls/controls.module.css'
import styles from './request-editor.module.css'

interface PartDetailProps {
  readonly part: Part
  readonly onChange: (what: string, change: (part: Part) => Part) => void
}

export function PartDetail({ part, onChange }: PartDetailProps) {
  const onEditHeaders = useCallback(
    (what: string, change: (rows: readonly Row[]) => readonly Row[]) =>
      onChange(`headers.${what}`, (old) => ({ ...old, headers: [...change(old.headers)] })),
    [onChange],
  )
  return (
    <div className={styles.partDetail}>
      <div className={controls.option}>
        <span className={controls.optionLabel}>Content type</span>
        <Combobox
          label="Content type"
          className={controls.wide ?? ''}
          value={part.contentType}
          options={CONTENT_TYPES}
          onChange={(contentType) => onChange('contentType', (old) => ({ ...old, contentType }))}
          placeholder={part.kind === 'text' ? 'None: a plain form field' : 'From the file’s name'}
        />
      </div>
      {part.kind === 'file' && (
        <div className={controls.option}>
          <span className={controls.optionLabel}>Sent as</span>
          <TextInput
            label="Sent as"
            code
            className={controls.wide ?? ''}
            value={part.filename}
            disabled={part.files.length > 1}
            onChange={(filename) => onChange('filename', (old) => (old.kind === 'file' ? { ...old, filename } : old))}
            placeholder={part.files.length > 1 ? 'Each file under its own name' : baseName(part.files[0] ?? '') || 'The file’s own name'}
          />
        </div>
      )}
      <KeyValueTable
        label="Part headers"
        rows={part.headers}
        onEdit={onEditHeaders}
        placeholders={{ name: 'Add a part header', value: 'Value' }}
      />
    </div>
  )
}
