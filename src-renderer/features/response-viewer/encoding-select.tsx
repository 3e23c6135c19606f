/** The text encoding that a body is read in: the one that was found, or any other at once, without sending again. */
import type { EncodingFrom } from '#contract/model/exchange.ts'
import { Select, type SelectOption } from '../../ui/select.tsx'
import styles from './body-panel.module.css'
import { ENCODING_GROUPS, encodingReason, encodingText } from './encodings.ts'
import { t } from '../../lib/t.ts'

export interface FoundEncoding {
  readonly encoding: string
  readonly from: EncodingFrom
}

interface EncodingSelectProps {
  readonly found: FoundEncoding | null
  /** Null: find it out. */
  readonly chosen: string | null
  readonly onChange: (encoding: string | null) => void
}

const AUTOMATIC = 'automatic'

export function EncodingSelect({ found, chosen, onChange }: EncodingSelectProps) {
  const automatic = chosen === null && found ? encodingText(found.encoding, found.from) : t`Find it out`
  const options: readonly SelectOption<string>[] = [
    { value: AUTOMATIC, label: automatic },
    ...ENCODING_GROUPS.flatMap(({ group, encodings }) =>
      encodings.map(([label, note]) => ({
        group,
        value: label,
        label: label === chosen ? encodingText(label, 'override') : note === '' ? label : `${label} (${note})`,
      })),
    ),
  ]
  const encoding = chosen ?? found?.encoding
  const shown = options.find(({ value }) => value === (chosen ?? AUTOMATIC))?.label ?? ''
  const name = encoding !== undefined && shown.startsWith(encoding) ? encoding : shown
  return (
    <Select
      label={t`Encoding`}
      {...(found && { title: encodingReason(chosen ?? found.encoding, chosen === null ? found.from : 'override') })}
      canBeCut
      face={
        <>
          {name}
          <span className={styles.encodingFrom}>{shown.slice(name.length)}</span>
        </>
      }
      className={styles.encoding ?? ''}
      value={chosen ?? AUTOMATIC}
      options={options}
      onChange={(value) => onChange(value === AUTOMATIC ? null : value)}
    />
  )
}
