/** The jar's cookies in a table, with the jar's chooser, a filter by domain and what can be done to all of it above. */
import CookieIcon from 'lucide-react/icons/cookie'
import Plus from 'lucide-react/icons/plus'
import { useMemo, useState, type DragEvent } from 'react'
import type { KeptCookie } from '#contract/model/cookie.ts'
import { deleteCookies, exportCookies, openCookies } from '../../actions/cookies.ts'
import { domainText, jarGroup, jarValue } from '../../lib/jar-label.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { useCookiesStore } from '../../stores/cookies-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { CookieTable } from './cookie-table.tsx'
import type { CookiesMode } from './cookies-mode.ts'
import styles from './cookies.module.css'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

interface CookieListProps {
  readonly filter: string
  readonly onFilter: (filter: string) => void
  readonly onMode: (mode: CookiesMode) => void
}

export function CookieList({ filter, onFilter, onMode }: CookieListProps) {
  const cookies = useCookiesStore((state) => state.cookies)
  const shown = useMemo(() => {
    const wanted = filter.trim().toLowerCase()
    return (cookies ?? []).filter((cookie) => domainText(cookie).includes(wanted)).sort(byDomain)
  }, [cookies, filter])
  const drop = useTextDrop((text) => onMode({ kind: 'import', text }))
  const count = cookies?.length ?? 0
  return (
    <div className={styles.list} {...drop}>
      <div className={styles.toolbar}>
        <JarChooser />
        <TextInput
          className={styles.filter ?? ''}
          label={t`Filter by domain`}
          placeholder={t`Filter by domain`}
          value={filter}
          onChange={onFilter}
        />
        <span className={styles.space} />
        <Button icon={<Plus />} onClick={() => onMode({ kind: 'edit', cookie: null })}>{t`Add cookie`}</Button>
        <Button onClick={() => onMode({ kind: 'import', text: '' })}>{t`Import`}</Button>
        <Menu
          trigger={<Button disabled={count === 0}>{t`Export`}</Button>}
          items={[
            { label: t`As cookies.txt (Netscape)`, onSelect: () => void exportCookies('netscape') },
            { label: t`As JSON`, onSelect: () => void exportCookies('json') },
          ]}
        />
        <Menu
          trigger={<Button disabled={count === 0}>{t`Clear`}</Button>}
          align="end"
          items={[
            { label: t`Clear for this host…`, onSelect: () => onMode({ kind: 'clear' }) },
            {
              label: shown.length === count ? t`Delete all ${formatNumber(count)}` : t`Delete the ${formatNumber(shown.length)} shown`,
              danger: true,
              disabled: shown.length === 0,
              onSelect: () => void deleteCookies(shown),
            },
          ]}
        />
      </div>
      {cookies !== null && shown.length > 0 && (
        <CookieTable key={filter} cookies={shown} onEdit={(cookie) => onMode({ kind: 'edit', cookie })} />
      )}
      {cookies !== null && shown.length === 0 && (
        <EmptyState icon={<CookieIcon />} title={count === 0 ? t`This jar is empty` : t`No domain holds this text`}>
          {count === 0
            ? t`Cookies that servers set are kept here and sent back to them. Import them from a browser, or add one by hand.`
            : t`The jar has ${formatNumber(count)} for other domains.`}
        </EmptyState>
      )}
    </div>
  )
}

function byDomain(one: KeptCookie, other: KeptCookie): number {
  return one.domain.localeCompare(other.domain) || one.name.localeCompare(other.name) || one.path.localeCompare(other.path)
}

function JarChooser() {
  const jar = useCookiesStore((state) => state.jar)
  const jars = useCookiesStore((state) => state.jars)
  const collections = useCollectionsStore((state) => state.collections)
  if (!jar) return null
  const known = jars.some(({ key }) => jarValue(key) === jarValue(jar)) ? jars : [...jars, { key: jar, count: 0 }]
  return (
    <Select
      label={t`Cookie jar`}
      showLabel
      value={jarValue(jar)}
      options={known.map(({ key, count }) => ({
        value: jarValue(key),
        label: `${jarGroup(key, collections)} · ${key.session} (${formatNumber(count)})`,
      }))}
      onChange={(value) => {
        const chosen = known.find(({ key }) => jarValue(key) === value)
        if (chosen) openCookies(chosen.key)
      }}
    />
  )
}

/** A text file that is dropped here is to be imported. */
function useTextDrop(onText: (text: string) => void) {
  const [isOver, setOver] = useState(false)
  return {
    'data-over': isOver,
    onDragOver: (event: DragEvent) => {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      const [file] = event.dataTransfer.files
      if (file) void file.text().then(onText)
    },
  }
}
