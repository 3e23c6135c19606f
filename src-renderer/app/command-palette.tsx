/** Everything by name: what the window can do, and every saved request. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { keysOfAction } from '#contract/model/action-keys.ts'
import { collectionInFront, editEnvironment } from '../actions/environments.ts'
import { editSession, openDefaults } from '../actions/layer-pages.ts'
import { openRequest } from '../actions/tabs.ts'
import { shortcutText } from '../lib/shortcut-text.ts'
import { useSettingsStore } from '../stores/settings-store.ts'
import { useSurroundingsStore, type EnvironmentChoice } from '../stores/surroundings-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { Dialog } from '../ui/dialog.tsx'
import { MethodWord } from '../ui/method-word.tsx'
import type { AppAction } from './app-actions.ts'
import styles from './command-palette.module.css'
import { actionEntries, defaultsEntries, environmentEntries, sessionEntries, requestEntries, type PaletteEntry } from './palette-entries.ts'
import { paletteSearch, piecesOf, type FoundEntry, type FoundRange } from './palette-match.ts'
import { useFound } from './use-found.ts'
import { entryUsed, recentEntries } from './recent-entries.ts'
import { t } from '../lib/t.ts'

/** As the style sheet has it. */
const ROW_PX = 30
const PAGE = 10

export interface CommandPaletteProps {
  readonly mode: 'all' | 'requests'
  readonly actions: readonly AppAction[]
  readonly onClose: () => void
}

export function CommandPalette({ mode, actions, onClose }: CommandPaletteProps) {
  const collections = useCollectionsStore((state) => state.collections)
  // They may come only once the palette is open.
  const surroundings = useSurroundingsStore((state) => state.byCollection)
  const entries = useMemo(
    () => [
      ...(mode === 'all'
        ? [
            ...actionEntries(actions),
            ...surroundingsInFront(surroundings),
            ...defaultsEntries(collections, (id, folder) => void openDefaults(id, folder)),
          ]
        : []),
      ...requestEntries(collections),
    ],
    [mode, actions, collections, surroundings],
  )
  const [typed, setTyped] = useState('')
  const [index, setIndex] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const search = useMemo(() => paletteSearch(entries, recentEntries()), [entries])
  const { found, isBehind } = useFound(search, typed)
  const active = Math.min(index, found.length - 1)
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer changes itself in place, so the compiler must leave this component alone; we do not use the compiler
  const virtual = useVirtualizer({ count: found.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_PX, overscan: 8 })

  const choose = ({ entry }: FoundEntry): void => {
    onClose()
    entryUsed(entry.key)
    // After the dialog has given the focus back, so that an action may put it elsewhere.
    setTimeout(() => run(entry))
  }
  const move = (to: number): void => {
    const next = Math.max(0, (to + found.length) % Math.max(1, found.length))
    setIndex(next)
    virtual.scrollToIndex(next)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // Someone quick presses Enter before the list has caught up with what was typed.
    const entry = (isBehind ? search.now(typed) : found)[Math.max(0, active)]
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key]
    if (step !== undefined) move(Math.abs(step) === 1 ? active + step : Math.min(found.length - 1, Math.max(0, active + step)))
    else if (event.key === 'Enter' && entry) choose(entry)
    else return
    event.preventDefault()
  }

  return (
    <Dialog open bare onClose={onClose} title={t`Command palette`} width="560px">
      <input
        className={styles.input}
        type="text"
        role="combobox"
        aria-label={mode === 'all' ? t`Command or request` : t`Request`}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[active] ? `palette-${active}` : undefined}
        placeholder={mode === 'all' ? t`What do you want to do, or which request?` : t`Which request?`}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setIndex(0)
          scroller.current?.scrollTo({ top: 0 })
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={scroller} id="palette-list" className={styles.scroller} role="listbox" aria-label={t`Found`}>
        <div className={styles.list} role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index: at, start }) => {
            const one = found[at]
            if (!one) return null
            return (
              <div
                key={one.entry.key}
                id={`palette-${at}`}
                className={styles.entry}
                style={{ transform: `translateY(${start}px)` }}
                role="option"
                aria-selected={at === active}
                aria-setsize={found.length}
                aria-posinset={at + 1}
                onPointerMove={() => setIndex(at)}
                onClick={() => choose(one)}
              >
                <Entry found={one} />
              </div>
            )
          })}
        </div>
      </div>
      {found.length === 0 && !isBehind && (
        <p className={styles.nothing} role="status">
          {entries.length === 0 ? t`No request is saved yet.` : t`Nothing is named like that.`}
        </p>
      )}
    </Dialog>
  )
}

const Entry = memo(function Entry({ found: { entry, ranges, english } }: { readonly found: FoundEntry }) {
  const own = useSettingsStore((state) => state.settings.keys)
  if (entry.kind === 'action') {
    const keys = keysOfAction(entry.action.id, own)[0]
    return (
      <>
        <Label text={entry.label} ranges={ranges} />
        {english && (
          <span className={styles.english} lang="en">
            <Label {...english} />
          </span>
        )}
        {keys !== undefined && <kbd className={styles.keys}>{shortcutText(keys)}</kbd>}
      </>
    )
  }
  return (
    <>
      <span className={styles.method}>{entry.method !== null && <MethodWord method={entry.method} short />}</span>
      <Label text={entry.label} ranges={ranges} />
      <span className={styles.path}>{entry.path}</span>
    </>
  )
})

function Label({ text, ranges }: { readonly text: string; readonly ranges: readonly FoundRange[] }) {
  return (
    <span className={styles.label}>
      {piecesOf(text, ranges).map((piece, at) => (piece.isFound ? <mark key={at}>{piece.text}</mark> : piece.text))}
    </span>
  )
}

function run(entry: PaletteEntry): void {
  if (entry.kind === 'action') entry.action.run()
  else void openRequest(entry.nodeId)
}

function surroundingsInFront(byCollection: ReturnType<typeof useSurroundingsStore.getState>['byCollection']): readonly PaletteEntry[] {
  const id = collectionInFront()
  if (id === null) return []
  const { environments = [], sessions = [] } = byCollection[id] ?? {}
  return [
    ...sessionEntries(sessions, (name) => void editSession(id, name)),
    ...environmentEntries(environments, ({ file }: EnvironmentChoice) => void editEnvironment(id, file)),
  ]
}
