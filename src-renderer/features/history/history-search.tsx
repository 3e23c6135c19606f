/** The search box of the history, and its filters, which fold out below it. */
import Filter from 'lucide-react/icons/list-filter'
import MoreHorizontal from 'lucide-react/icons/ellipsis'
import { useId, useState } from 'react'
import type { HistoryFilter } from '#contract/model/history.ts'
import { clearHistory, filterHistory } from '../../actions/history.ts'
import { useHistoryStore } from '../../stores/history-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Select } from '../../ui/select.tsx'
import { chosenStatus, dayOf, endOfDay, startOfDay, STATUS_CHOICES, statusesOf } from './filter-values.ts'
import styles from './history.module.css'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export function HistorySearch() {
  const filter = useHistoryStore((state) => state.filter)
  const [isOpen, setOpen] = useState(false)
  const panel = useId()
  const reach = useId()
  const count = Object.keys(filter).filter((key) => key !== 'text').length
  return (
    <>
      <div className={styles.header}>
        <SearchField
          label={t`Search history`}
          placeholder={t`URL or content`}
          value={filter.text ?? ''}
          onChange={(text) => filterHistory({ text: text === '' ? undefined : text })}
          clearLabel={t`Clear search`}
          describedBy={filter.text === undefined || filter.text === '' ? undefined : reach}
          maxLength={1000}
        />
        <IconButton
          label={count === 0 ? t`Filters` : t`Filters (${count} set)`}
          icon={<Filter />}
          pressed={isOpen || count > 0}
          aria-expanded={isOpen}
          aria-controls={panel}
          onClick={() => setOpen(!isOpen)}
        />
        <Menu
          align="end"
          trigger={<IconButton label={t`History menu`} icon={<MoreHorizontal />} />}
          items={[
            {
              label: filter.pinned === true ? t`Show all` : t`Show pinned only`,
              onSelect: () => filterHistory({ pinned: filter.pinned === true ? undefined : true }),
            },
            { label: t`Clear history`, danger: true, separatorBefore: true, onSelect: () => void clearHistory() },
          ]}
        />
      </div>
      {filter.text !== undefined && filter.text !== '' && (
        <p id={reach} className={styles.hint}>{t`Words are found by their beginnings; of a body, in its first 64 KiB.`}</p>
      )}
      <div id={panel} hidden={!isOpen}>
        {isOpen && <Filters filter={filter} />}
      </div>
      <Total />
    </>
  )
}

function Filters({ filter }: { readonly filter: HistoryFilter }) {
  const { methods, hosts, sessions } = useHistoryStore((state) => state.facets)
  const hostList = useId()
  return (
    <div className={styles.filters}>
      <Select
        label={t`Filter by method`}
        value={filter.methods?.[0] ?? ''}
        options={optionsOf(t`Any method`, methods, filter.methods?.[0])}
        onChange={(method) => filterHistory({ methods: method === '' ? undefined : [method] })}
      />
      <Select
        label={t`Filter by status`}
        value={chosenStatus(filter)}
        options={STATUS_CHOICES}
        onChange={(status) => filterHistory({ statuses: statusesOf(status) })}
      />
      <input
        className={styles.field}
        aria-label={t`Filter by host`}
        placeholder={t`Any host`}
        list={hostList}
        value={filter.host ?? ''}
        onChange={(event) => filterHistory({ host: event.target.value })}
      />
      <datalist id={hostList}>
        {hosts.map((host) => (
          <option key={host} value={host} />
        ))}
      </datalist>
      <Select
        label={t`Filter by session`}
        value={filter.session ?? ''}
        options={optionsOf(t`Any session`, sessions, filter.session)}
        onChange={(session) => filterHistory({ session: session === '' ? undefined : session })}
      />
      <DayField label={t`From`} value={dayOf(filter.from)} onChange={(day) => filterHistory({ from: startOfDay(day) })} />
      <DayField label={t`Until`} value={dayOf(filter.until, -1)} onChange={(day) => filterHistory({ until: endOfDay(day) })} />
    </div>
  )
}

/** What is chosen stays a choice, though the newest entries have it no more. */
function optionsOf(all: string, known: readonly string[], chosen: string | undefined): { value: string; label: string }[] {
  const values = [...new Set([...known, ...(chosen === undefined ? [] : [chosen])])]
  return [{ value: '', label: all }, ...values.map((value) => ({ value, label: value }))]
}

function DayField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (day: string) => void
}) {
  const id = useId()
  return (
    <span className={styles.day}>
      <label htmlFor={id}>{label}</label>
      <input id={id} className={styles.field} type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    </span>
  )
}

function Total() {
  const total = useHistoryStore((state) => state.total)
  const isFiltered = useHistoryStore((state) => Object.keys(state.filter).length > 0)
  if (total === null || !isFiltered) return null
  const count = `${total.isExact ? '' : t`more than `}${formatNumber(total.count)}`
  return (
    <p className={styles.total} role="status">
      {count} {total.count === 1 && total.isExact ? t`entry` : t`entries`}
    </p>
  )
}
