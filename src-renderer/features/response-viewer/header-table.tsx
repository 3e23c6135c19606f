/**
 * Header fields as they came, a row each: what the field is for on its name, what the value says in words below it where
 * it is written for machines, and a button that copies the line.
 */
import Copy from 'lucide-react/icons/copy'
import Ellipsis from 'lucide-react/icons/ellipsis'
import { use } from 'react'
import type { HeaderList } from '#contract/model/exchange.ts'
import { copyToClipboard } from '../../actions/bodies.ts'
import { IconButton } from '../../ui/button.tsx'
import { headerExpression, variableName } from '../../lib/answer-expressions.ts'
import { Menu } from '../../ui/menu.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import styles from './data-table.module.css'
import { headerNote } from './header-notes.ts'
import { headersText } from './header-text.ts'
import { LinkButtons } from './link-buttons.tsx'
import { UsedIn } from './used-in.ts'
import { valueItems } from './value-menu.tsx'
import { useHeaderMeanings, type MeaningOf } from './use-header-meanings.ts'
import { t } from '../../lib/t.ts'

export interface HeaderTableProps {
  readonly label: string
  readonly title?: string
  readonly headers: HeaderList
  /** The address that answered: relative links are to it. */
  readonly url: string
  /** When they came, in milliseconds since the epoch. */
  readonly at: number
  /** They are the answer's own, not those of an interim answer or after the body: assertions look at them. */
  readonly isOfAnswer?: boolean
}

export function HeaderTable({ label, title, headers, url, at, isOfAnswer = false }: HeaderTableProps) {
  const meaningOf = useHeaderMeanings()
  return (
    <table className={`${styles.table} ${styles.headers}`} aria-label={label}>
      {title !== undefined && <caption className={styles.caption}>{title}</caption>}
      <thead className={title === undefined ? undefined : styles.unseen}>
        <tr>
          <th scope="col">{t`Name`}</th>
          <th scope="col" colSpan={2}>{t`Value`}</th>
        </tr>
      </thead>
      <tbody>
        {headers.map(([name, value], index) => (
          // Names repeat and rows never move: the place is the identity.
          <HeaderRow key={index} name={name} value={value} url={url} at={at} meaningOf={meaningOf} isOfAnswer={isOfAnswer} />
        ))}
      </tbody>
    </table>
  )
}

interface HeaderRowProps {
  readonly name: string
  readonly value: string
  readonly url: string
  readonly at: number
  readonly meaningOf: MeaningOf
  readonly isOfAnswer: boolean
}

function HeaderRow({ name, value, url, at, meaningOf, isOfAnswer }: HeaderRowProps) {
  const usedIn = use(UsedIn)
  const uses = valueItems(isOfAnswer ? usedIn : null, { expression: headerExpression(name), value, name: variableName(name) })
  const note = headerNote(name, value, at)
  return (
    <tr>
      <td className={styles.name}>
        <HeaderName name={name} meaningOf={meaningOf} />
      </td>
      <td className={styles.value}>
        {value}
        {note !== null && <span className={styles.inWords}>{note}</span>}
        {name.toLowerCase() === 'link' && <LinkButtons value={value} url={url} />}
      </td>
      <td className={styles.rowAction}>
        <IconButton label={t`Copy ${name}`} icon={<Copy />} onClick={() => void copyToClipboard(headersText([[name, value]]))} />
        {uses.length > 0 && <Menu align="end" items={uses} trigger={<IconButton label={t`Use ${name}`} icon={<Ellipsis />} />} />}
      </td>
    </tr>
  )
}

function HeaderName({ name, meaningOf }: Pick<HeaderRowProps, 'name' | 'meaningOf'>) {
  const meaning = meaningOf(name)
  if (meaning === null) return name
  const text = (
    <>
      {meaning.text} <span className={styles.source}>{meaning.source}</span>
    </>
  )
  return (
    <Tooltip text={text}>
      <span className={styles.known} tabIndex={0}>
        {name}
      </span>
    </Tooltip>
  )
}
