/**
 * The settings on one screen: parts at the left, the settings of one of them at the right, or of all parts what a search
 * finds. Each change is shown and written at once, so there is nothing to save.
 */
import { useDeferredValue, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { assertNever } from '#contract/result.ts'
import { readSettingsFile } from '../../actions/settings.ts'
import { SETTINGS_PARTS, type SettingsPart } from '../../stores/overlay-store.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { AppearancePart } from './appearance-part.tsx'
import { DataPart } from './data-part.tsx'
import { DefaultOptionsForm, OptionsPart } from './default-options.tsx'
import { FileFault } from './file-fault.tsx'
import { HistoryPart } from './history-part.tsx'
import { ENTRIES, entriesMatching, PART_TITLES } from './settings-entries.ts'
import { actionsMatching, type NamedAction } from './shortcut-list.ts'
import { ShortcutsPart } from './shortcuts-part.tsx'
import { ShownEntries } from './shown-entries.ts'
import styles from './settings.module.css'
import { t } from '../../lib/t.ts'

interface SettingsDialogProps {
  /** The part to begin with; null: the first. */
  readonly part: SettingsPart | null
  /** Everything that can have a key. */
  readonly actions: readonly NamedAction[]
  readonly onClose: () => void
}

export function SettingsDialog({ part: asked, actions, onClose }: SettingsDialogProps) {
  const [part, setPart] = useState<SettingsPart>(asked ?? 'appearance')
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const named = useMemo(() => actionsMatching(actions, search), [actions, search])
  const found = useMemo(() => {
    const entries = entriesMatching(search)
    return named.length > 0 ? new Set([...entries, 'shortcuts' as const]) : entries
  }, [search, named])
  const pane = useRef<HTMLDivElement>(null)
  useEffect(() => void readSettingsFile(), [])
  const isIn = (one: SettingsPart): boolean => [...found].some((id) => ENTRIES[id].part === one)
  const shown = search === '' ? [part] : SETTINGS_PARTS.filter(isIn)
  const go = (to: SettingsPart): void => {
    setPart(to)
    setTyped('')
    pane.current?.scrollTo({ top: 0 })
  }
  return (
    <Dialog open onClose={onClose} title={t`Settings`} width="880px">
      <div className={styles.frame}>
        <nav className={styles.nav} aria-label={t`Parts of the settings`}>
          <SearchField
            label={t`Search settings`}
            placeholder={t`Search settings`}
            clearLabel={t`Clear the search`}
            value={typed}
            onChange={setTyped}
          />
          {SETTINGS_PARTS.map((one) => (
            <button
              key={one}
              type="button"
              className={styles.part}
              aria-current={search === '' && one === part ? 'page' : undefined}
              disabled={!isIn(one)}
              onClick={() => go(one)}
            >
              {PART_TITLES[one]}
            </button>
          ))}
        </nav>
        <div ref={pane} className={styles.pane}>
          <FileFault />
          <ShownEntries value={found}>
            <DefaultOptionsForm>
              {shown.map((one) => (
                <section key={one} aria-label={PART_TITLES[one]}>
                  <h2 className={styles.heading}>{PART_TITLES[one]}</h2>
                  {partOf(one, named.length > 0 ? named : actions)}
                </section>
              ))}
            </DefaultOptionsForm>
          </ShownEntries>
          {shown.length === 0 && <p className={styles.nothing} role="status">{t`No setting has these words.`}</p>}
        </div>
      </div>
    </Dialog>
  )
}

function partOf(part: SettingsPart, actions: readonly NamedAction[]): ReactNode {
  switch (part) {
    case 'appearance':
      return <AppearancePart />
    case 'requests':
    case 'proxies':
    case 'certificates':
      return <OptionsPart part={part} />
    case 'history':
      return <HistoryPart />
    case 'shortcuts':
      return <ShortcutsPart actions={actions} />
    case 'data':
      return <DataPart />
    default:
      return assertNever(part)
  }
}
