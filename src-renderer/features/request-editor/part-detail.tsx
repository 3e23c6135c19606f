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
import { t } from '../../lib/t.ts'

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
        <span className={controls.optionLabel}>{t`Content type`}</span>
        <Combobox
          label={t`Content type`}
          className={controls.wide ?? ''}
          value={part.contentType}
          options={CONTENT_TYPES}
          onChange={(contentType) => onChange('contentType', (old) => ({ ...old, contentType }))}
          placeholder={part.kind === 'text' ? t`None: a plain form field` : t`From the file’s name`}
        />
      </div>
      {part.kind === 'file' && (
        <div className={controls.option}>
          <span className={controls.optionLabel}>{t`Sent as`}</span>
          <TextInput
            label={t`Sent as`}
            code
            className={controls.wide ?? ''}
            value={part.filename}
            disabled={part.files.length > 1}
            onChange={(filename) => onChange('filename', (old) => (old.kind === 'file' ? { ...old, filename } : old))}
            placeholder={part.files.length > 1 ? t`Each file under its own name` : baseName(part.files[0] ?? '') || t`The file’s own name`}
          />
        </div>
      )}
      <KeyValueTable
        label={t`Part headers`}
        rows={part.headers}
        onEdit={onEditHeaders}
        placeholders={{ name: t`Add a part header`, value: t`Value` }}
      />
    </div>
  )
}
