/** Where an import goes, and what becomes of credentials that stand in it. */
import type { ImportSummary } from '#contract/model/import.ts'
import { CheckBox } from '../../ui/controls/check-box.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { NEW_COLLECTION, type TargetChoice } from './use-import-target.ts'
import styles from './import.module.css'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export function ImportTargetFields({ target, summary }: { readonly target: TargetChoice; readonly summary: ImportSummary }) {
  const { key, name, hides, places } = target
  const found = summary.counts.credentials
  const options = [
    { value: NEW_COLLECTION, label: t`A new collection` },
    ...places.map((place) => ({ value: place.key, label: place.label })),
  ]
  return (
    <div className={styles.target}>
      <div className={styles.into}>
        <Select label={t`Into`} showLabel value={key} options={options} onChange={target.setKey} />
        {key === NEW_COLLECTION && (
          <TextInput className={styles.grow} label={t`Name of the collection`} value={name} onChange={target.setName} references={false} />
        )}
      </div>
      <CheckBox
        label={t`Keep passwords and tokens as secrets (${found === 0 ? t`none stand in it` : formatNumber(found)})`}
        checked={hides}
        disabled={found === 0}
        onChange={target.setHides}
        title={t`A reference such as {{token}} takes their place in the files; the values go to the private data folder of this machine`}
      />
    </div>
  )
}
