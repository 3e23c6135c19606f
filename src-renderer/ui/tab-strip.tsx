/**
 * A row of tabs and the panels that belong to it (WAI-ARIA tabs pattern, arrows move and choose). A tab's accessible
 * name is its label alone; counts and dots are described, not named, so that a name stays what it is.
 */
import ChevronsRight from 'lucide-react/icons/chevrons-right'
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { IconButton } from './button.tsx'
import { keepChosenInSight } from './keep-in-sight.ts'
import { Menu } from './menu.tsx'
import styles from './tab-strip.module.css'
import { listed } from '../lib/listed.ts'
import { t } from '../lib/t.ts'

export interface TabItem<T extends string> {
  readonly id: T
  readonly label: string
  /** Stands for the label where there is no room for all labels; the chosen tab always has both. */
  readonly icon?: ReactNode
  /** A count or a short word; zero and the empty text show nothing. */
  readonly badge?: string | number
  /** A dot: something is set in there. */
  readonly dot?: boolean
  readonly tone?: 'danger' | 'success'
}

export interface TabStripProps<T extends string> {
  readonly label: string
  readonly tabs: readonly TabItem<T>[]
  readonly active: T
  readonly onChange: (id: T) => void
  /** Stands at the far end of the row. */
  readonly actions?: ReactNode
  readonly size?: 'normal' | 'small'
}

export function TabStrip<T extends string>({ label, tabs, active, onChange, actions, size = 'normal' }: TabStripProps<T>) {
  const list = useRef<HTMLDivElement>(null)
  const hidden = useHiddenTabs(list, active, tabs.map(({ id }) => id).join())
  const go = (index: number) => {
    const tab = tabs[(index + tabs.length) % tabs.length]
    if (!tab) return
    onChange(tab.id)
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(tabId(label, tab.id))}`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const target = arrowTarget(
      event.key,
      tabs.findIndex((tab) => tab.id === active),
      tabs.length,
    )
    if (target === null) return
    event.preventDefault()
    go(target)
  }
  return (
    <div className={size === 'small' ? `${styles.strip} ${styles.small}` : styles.strip}>
      <div ref={list} className={styles.list} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab, index) => (
          <TabButton
            key={tab.id}
            strip={label}
            tab={tab}
            selected={tab.id === active}
            cut={hidden.get(index)}
            onSelect={() => onChange(tab.id)}
          />
        ))}
      </div>
      {hidden.size > 0 && (
        <Menu
          align="end"
          trigger={<IconButton label={t`More of ${label}`} className={styles.more} icon={<ChevronsRight />} />}
          items={tabs.flatMap((tab, index) =>
            hidden.has(index) ? [{ key: tab.id, label: tab.label, onSelect: () => onChange(tab.id) }] : [],
          )}
        />
      )}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

/** The end of the strip in which tabs fade, as the style sheet has it: of a tab that shows no more than that, or only its end, nothing can be read. */
const FADE_PX = 28

/** Whether anything can be read of a tab that is not wholly in view. */
type Cut = 'part' | 'sliver'

/** By index, the tabs that are not wholly in view. The chosen one always is, also when the strip becomes narrower. */
function useHiddenTabs(list: RefObject<HTMLDivElement | null>, active: string, ids: string): ReadonlyMap<number, Cut> {
  const [hidden, setHidden] = useState<ReadonlyMap<number, Cut>>(new Map())
  const measure = useEffectEvent((element: HTMLElement) => {
    const { left, right } = element.getBoundingClientRect()
    const found = [...element.children].flatMap((tab, index): [number, Cut][] => {
      const box = tab.getBoundingClientRect()
      if (box.left >= left - 1 && box.right <= right + 1) return []
      return [[index, box.left >= left - 1 && right - box.left > FADE_PX ? 'part' : 'sliver']]
    })
    if (found.length !== hidden.size || found.some(([index, cut]) => hidden.get(index) !== cut)) setHidden(new Map(found))
  })
  useEffect(() => {
    const element = list.current
    if (!element) return
    const onScroll = (): void => measure(element)
    // A tab whose count has grown pushes the others.
    const stop = keepChosenInSight(element, onScroll)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      stop()
      element.removeEventListener('scroll', onScroll)
    }
    // A tab that comes leaves the row as wide as it was: it has to be watched, too.
  }, [list, active, ids])
  return hidden
}

interface TabButtonProps<T extends string> {
  readonly strip: string
  readonly tab: TabItem<T>
  readonly selected: boolean
  readonly cut: Cut | undefined
  readonly onSelect: () => void
}

function TabButton<T extends string>({ strip, tab, selected, cut, onSelect }: TabButtonProps<T>) {
  const { label, icon, badge, dot = false, tone } = tab
  const shown = badge !== undefined && badge !== 0 && badge !== ''
  const description = listed([shown ? String(badge) : '', dot ? t`set` : ''].filter(Boolean))
  return (
    <button
      type="button"
      role="tab"
      id={tabId(strip, tab.id)}
      className={styles.tab}
      aria-selected={selected}
      aria-controls={selected ? panelId(strip, tab.id) : undefined}
      aria-description={description || undefined}
      tabIndex={selected ? 0 : -1}
      data-tone={tone}
      data-cut={cut}
      {...(icon !== undefined && { 'aria-label': label, title: label })}
      onClick={onSelect}
    >
      {icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      {icon === undefined ? label : <span className={styles.word}>{label}</span>}
      {shown && (
        <span className={styles.badge} aria-hidden="true">
          {badge}
        </span>
      )}
      {dot && <span className={styles.dot} aria-hidden="true" />}
    </button>
  )
}

export interface TabPanelProps {
  /** The label of its strip. */
  readonly strip: string
  /** The id of its tab. */
  readonly id: string
  readonly children: ReactNode
  readonly className?: string
}

/** What a tab shows; only the chosen tab's panel is drawn. */
export function TabPanel({ strip, id, children, className }: TabPanelProps) {
  return (
    <div
      role="tabpanel"
      id={panelId(strip, id)}
      aria-labelledby={tabId(strip, id)}
      className={[styles.panel, className].filter(Boolean).join(' ')}
    >
      {children}
    </div>
  )
}

function arrowTarget(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return index + 1
    case 'ArrowLeft':
      return index - 1
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}

function tabId(strip: string, id: string): string {
  return `tab-${slug(strip)}-${slug(id)}`
}

function panelId(strip: string, id: string): string {
  return `panel-${slug(strip)}-${slug(id)}`
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
