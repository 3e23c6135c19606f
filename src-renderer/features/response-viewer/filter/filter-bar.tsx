/** The line in which a filter is typed: its kind, its text, how much it finds, and what can be done with all of that. */
import Ellipsis from 'lucide-react/icons/ellipsis'
import Square from 'lucide-react/icons/square'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import X from 'lucide-react/icons/x'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { EXPORT_FORMATS, QueryKindSchema, type ExportFormat, type QueryKind } from '#contract/model/body-query.ts'
import { copyMatches, saveMatches } from '../../../actions/body-query.ts'
import { IconButton } from '../../../ui/button.tsx'
import { Menu } from '../../../ui/menu.tsx'
import type { MenuItem } from '../../../ui/menu-item.ts'
import { Select, type SelectOption } from '../../../ui/select.tsx'
import { TextInput } from '../../../ui/text-input.tsx'
import { useLasting } from '../use-body-view.ts'
import { useWorkShare } from '../use-work-share.ts'
import styles from './body-filter.module.css'
import { countText, KIND_LABELS, PLACEHOLDERS } from './filter-kinds.ts'
import { isPlain } from './filter-options.tsx'
import type { FilterOfTab } from './filter-state.ts'
import type { BodyQueryState } from './use-body-query.ts'
import { formatDone } from '../../../lib/format-number.ts'
import { listed } from '../../../lib/listed.ts'
import { t } from '../../../lib/t.ts'

const KINDS: readonly SelectOption<QueryKind>[] = QueryKindSchema.options.map((value) => ({ value, label: KIND_LABELS[value] }))
const FORMAT_LABELS: Readonly<Record<ExportFormat, string>> = { text: t`text`, json: 'JSON', csv: 'CSV' }

interface FilterBarProps {
  /** What is said of the filter stands below under this id. */
  readonly noteId: string
  readonly kind: QueryKind
  readonly state: FilterOfTab
  readonly answer: BodyQueryState
  readonly onChange: (change: Partial<FilterOfTab>) => void
  readonly onEnter: () => void
}

export function FilterBar({ noteId, kind, state, answer, onChange, onEnter }: FilterBarProps) {
  const { expression, filter, showsOptions } = state
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    // Opened by hand: coming back to a tab leaves the focus where it is.
    if (!document.activeElement?.matches('[data-filter-toggle]')) return
    field.current?.focus()
    field.current?.select()
  }, [])
  const isLong = useLasting(answer.isRunning, 200)
  const isVeryLong = useLasting(answer.isRunning, 1000)
  const found = answer.problem === null ? answer.found : null
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onChange({ isOpen: false })
    else if (event.key === 'Enter' || event.key === 'ArrowDown') onEnter()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={styles.bar} role="search" aria-label={t`Filter the body`}>
      <Select
        label={t`Filter kind`}
        className={styles.kind ?? ''}
        value={kind}
        options={KINDS}
        onChange={(next) => onChange({ kind: next })}
      />
      <TextInput
        ref={field}
        label={t`Filter`}
        code
        references={false}
        className={styles.field ?? ''}
        placeholder={PLACEHOLDERS[kind]}
        value={expression}
        // A kind that was chosen for one expression is not meant for the next.
        onChange={(next) => onChange(next === '' ? { expression: next, kind: null } : { expression: next })}
        invalid={answer.problem?.of === 'expression'}
        describedBy={noteId}
        onKeyDown={onKeyDown}
      />
      <span className={styles.count} role="status" aria-label={t`Matches`}>
        {isLong ? (
          <Looking key={expression} workId={answer.workId} />
        ) : (
          found && countText(found.total, found.listed, Math.min(found.total, KEPT))
        )}
      </span>
      {isVeryLong && <IconButton label={t`Stop looking`} icon={<Square />} onClick={answer.stop} />}
      <IconButton
        label={t`Trim, shorten and wrap the matches`}
        icon={<SlidersHorizontal />}
        pressed={showsOptions}
        data-set={!isPlain(filter)}
        className={styles.options}
        onClick={() => onChange({ showsOptions: !showsOptions })}
      />
      <Menu
        align="end"
        trigger={<IconButton label={t`Copy or save the matches`} icon={<Ellipsis />} disabled={!found || found.listed === 0} />}
        items={found ? exportItems(found.queryId) : []}
      />
      <IconButton label={t`Close the filter`} shortcut={t`Esc`} icon={<X />} onClick={() => onChange({ isOpen: false })} />
    </div>
  )
}

/** What takes its time says how much of it, and how far it is; a second is said in passing by nobody. */
function Looking({ workId }: { readonly workId: string | null }) {
  const share = useWorkShare(workId)
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  const percent = share === null || share === 0 ? null : formatDone(share)
  const figures = [percent, seconds < 2 ? null : `${seconds} s`].filter((figure) => figure !== null)
  return [t`Looking…`, listed(figures)].join(' ').trim()
}

/** As many matches as core lists. */
const KEPT = 200_000

function exportItems(queryId: string): readonly MenuItem[] {
  return [
    ...EXPORT_FORMATS.map((format) => ({ label: t`Copy as ${FORMAT_LABELS[format]}`, onSelect: () => void copyMatches(queryId, format) })),
    ...EXPORT_FORMATS.map((format, index) => ({
      label: t`Save as ${FORMAT_LABELS[format]}…`,
      onSelect: () => void saveMatches(queryId, format),
      separatorBefore: index === 0,
    })),
  ]
}
