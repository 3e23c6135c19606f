/** Everything by name: what the window can do, and every saved request. */
import { memo, useDeferredValue, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { collectionInFront, editEnvironment } from '../actions/environments.ts'
import { editSession, openDefaults } from '../actions/layer-pages.ts'
import { openRequest } from '../actions/tabs.ts'
import { shortcutText } from '../lib/shortcut-text.ts'
import { useSurroundingsStore, type EnvironmentChoice } from '../stores/surroundings-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { Dialog } from '../ui/dialog.tsx'
import { MethodWord } from '../ui/method-word.tsx'
import type { AppAction } from './app-actions.ts'
import styles from './command-palette.module.css'
import {
  actionEntries,
  defaultsEntries,
  environmentEntries,
  sessionEntries,
  matchingEntries,
  requestEntries,
  type PaletteEntry,
} from './palette-entries.ts'

export interface CommandPaletteProps {
  readonly mode: 'all' | 'requests'
  readonly actions: readonly AppAction[]
  readonly onClose: () => void
}

export function CommandPalette({ mode, actions, onClose }: CommandPaletteProps) {
  const collections = useCollectionsStore((state) => state.collections)
  const entries = useMemo(
    () => [
      ...(mode === 'all'
        ? [
            ...actionEntries(actions),
            ...surroundingsInFront(),
            ...defaultsEntries(collections, (id, folder) => void openDefaults(id, folder)),
          ]
        : []),
      ...requestEntries(collections),
    ],
    [mode, actions, collections],
  )
  const [typed, setTyped] = useState('')
  const [index, setIndex] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const wanted = useDeferredValue(typed)
  const found = useMemo(() => matchingEntries(entries, wanted), [entries, wanted])
  const active = Math.min(index, found.length - 1)

  const choose = (entry: PaletteEntry): void => {
    onClose()
    // After the dialog has given the focus back, so that an action may put it elsewhere.
    setTimeout(() => run(entry))
  }
  const move = (to: number): void => {
    const next = (to + found.length) % found.length
    setIndex(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // Someone quick presses Enter before the list has caught up with what was typed.
    const entry = (wanted === typed ? found : matchingEntries(entries, typed))[Math.max(0, active)]
    if (event.key === 'ArrowDown') move(active + 1)
    else if (event.key === 'ArrowUp') move(active - 1)
    else if (event.key === 'Enter' && entry) choose(entry)
    else return
    event.preventDefault()
  }

  return (
    <Dialog open bare onClose={onClose} title="Command palette" width="560px">
      <input
        className={styles.input}
        type="text"
        role="combobox"
        aria-label={mode === 'all' ? 'Command or request' : 'Request'}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[active] ? `palette-${active}` : undefined}
        placeholder={mode === 'all' ? 'What do you want to do, or which request?' : 'Which request?'}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setIndex(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul ref={list} id="palette-list" className={styles.list} role="listbox" aria-label="Found">
        {found.map((entry, at) => (
          <li
            key={entry.key}
            id={`palette-${at}`}
            className={styles.entry}
            role="option"
            aria-selected={at === active}
            onPointerMove={() => setIndex(at)}
            onClick={() => choose(entry)}
          >
            <Entry entry={entry} />
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.nothing}>Nothing is named like that.</p>}
    </Dialog>
  )
}

const Entry = memo(function Entry({ entry }: { readonly entry: PaletteEntry }) {
  if (entry.kind === 'action') {
    const keys = entry.action.keys[0]
    return (
      <>
        <span className={styles.label}>{entry.label}</span>
        {keys !== undefined && <kbd className={styles.keys}>{shortcutText(keys)}</kbd>}
      </>
    )
  }
  return (
    <>
      <span className={styles.method}>{entry.method !== null && <MethodWord method={entry.method} short />}</span>
      <span className={styles.label}>{entry.label}</span>
      <span className={styles.path}>{entry.path}</span>
    </>
  )
})

function run(entry: PaletteEntry): void {
  if (entry.kind === 'action') entry.action.run()
  else void openRequest(entry.nodeId)
}

function surroundingsInFront(): readonly PaletteEntry[] {
  const id = collectionInFront()
  if (id === null) return []
  const { environments = [], sessions = [] } = useSurroundingsStore.getState().byCollection[id] ?? {}
  return [
    ...sessionEntries(sessions, (name) => void editSession(id, name)),
    ...environmentEntries(environments, ({ file }: EnvironmentChoice) => void editEnvironment(id, file)),
  ]
}
