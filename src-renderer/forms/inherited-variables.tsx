/** Variables that hold at a place and are defined further out: greyed, each with where it is from. */
import type { CollectionId } from '#contract/model/ids.ts'
import type { FoundVariable } from '#contract/model/variable.ts'
import Eraser from 'lucide-react/icons/eraser'
import Pencil from 'lucide-react/icons/pencil'
import { changeCaptured, forgetCaptured } from '../actions/captured.ts'
import { MASK } from '../lib/mask-header.ts'
import { IconButton } from '../ui/button.tsx'
import { nameColumn } from '../ui/key-value-table/index.ts'
import { OriginLink } from './origin-link.tsx'
import styles from './inherited-variables.module.css'
import { t } from '../lib/t.ts'

interface InheritedVariablesProps {
  readonly found: readonly FoundVariable[]
  /** Those of the table above: the columns of both are as wide. */
  readonly above: readonly { readonly name: string }[]
  /** Names that are defined at the place itself, and win. */
  readonly own: ReadonlySet<string>
  readonly collectionId: CollectionId | null
  /** Whether the table above has a column with the kind of each. */
  readonly hasKinds: boolean
}

export function InheritedVariables({ found, above, own, collectionId, hasKinds }: InheritedVariablesProps) {
  if (found.length === 0) return null
  return (
    <>
      <p className={styles.heading}>{t`Inherited`}</p>
      <ul className={styles.list} style={nameColumn(above)} data-kinds={hasKinds} aria-label={t`Inherited variables`}>
        {found.map(({ name, value, secret, origin }) => (
          <li key={name} className={styles.row} data-replaced={own.has(name)}>
            <span className={styles.name} title={name}>
              {name}
            </span>
            <span className={styles.value} title={secret ? t`A secret` : value}>
              {secret ? MASK : value}
            </span>
            <span className={styles.end}>
              <span className={styles.from}>
                {own.has(name) ? t`replaced above · ` : ''}
                <OriginLink origin={origin} sought={{ name, ...(collectionId !== null && { collectionId }) }} />
              </span>
              {origin.layer === 'captured' && (
                <span className={styles.actions}>
                  <IconButton label={t`Change ${name}`} icon={<Pencil />} onClick={() => void changeCaptured(name, value)} />
                  <IconButton label={t`Forget ${name}`} icon={<Eraser />} onClick={() => void forgetCaptured(name, value)} />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
