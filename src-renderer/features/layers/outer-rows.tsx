/** Rows that hold in a layer from further out: each with where it is from, struck through where the layer replaces it. */
import type { Origin } from '#contract/model/origin.ts'
import type { Row } from '#contract/model/request.ts'
import { OriginLink } from '../../forms/origin-link.tsx'
import { maskedValue } from '../../lib/mask-header.ts'
import { isOnlyReferences } from '../../lib/references.ts'
import styles from './layers.module.css'
import { originWords } from '../../lib/origin-words.ts'
import { t } from '../../lib/t.ts'

export interface OuterRow {
  readonly row: Row
  readonly origin: Origin
}

interface OuterRowsProps {
  readonly label: string
  readonly rows: readonly OuterRow[]
  readonly own: readonly Row[]
  readonly isCaseless: boolean
}

export function OuterRows({ label, rows, own, isCaseless }: OuterRowsProps) {
  if (rows.length === 0) return null
  const keyOf = (name: string): string => (isCaseless ? name.toLowerCase() : name)
  const taken = new Map(own.filter(({ enabled, name }) => enabled && name !== '').map((row) => [keyOf(row.name), row]))
  return (
    <ul className={styles.outer} aria-label={label}>
      {rows.map(({ row, origin }, index) => {
        const words = fateOf(
          row,
          taken.get(keyOf(row.name)),
          rows.slice(index + 1).find((other) => keyOf(other.row.name) === keyOf(row.name)),
        )
        const value = isOnlyReferences(row.value) ? row.value : maskedValue(row.name, row.value)
        return (
          <li key={index} className={styles.outerRow} data-replaced={words !== ''}>
            <span className={styles.outerName} title={row.name}>
              {row.name}
            </span>
            <span className={styles.outerValue} title={value}>
              {row.omit === true ? '—' : value}
            </span>
            <span className={styles.outerEnd}>
              {words !== '' && <span>{words}</span>}
              <OriginLink origin={origin} sought={{ name: row.name, section: 'headers' }} />
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** What becomes of a row from further out; empty where it holds. */
function fateOf(row: Row, own: Row | undefined, nearer: OuterRow | undefined): string {
  if (own) return own.omit === true ? t`taken away above` : t`replaced above`
  if (row.omit === true) return t`takes the name away`
  if (!nearer) return ''
  return t`${nearer.row.omit === true ? t`taken away` : t`replaced`} by ${originWords(nearer.origin)}`
}
