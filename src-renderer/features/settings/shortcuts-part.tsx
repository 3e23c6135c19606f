/** The keys of all actions: a press of keys records new ones, and what they already stand for is said beside them. */
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { keysOfAction, standardKeys } from '#contract/model/action-keys.ts'
import { changeSettings, resetSettings } from '../../actions/settings.ts'
import { keysPressed } from '../../lib/key-match.ts'
import { isMac, shortcutText } from '../../lib/shortcut-text.ts'
import { useSettingsStore } from '../../stores/settings-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { actionsWithKey, takenBy, type NamedAction } from './shortcut-list.ts'
import { useIsShown } from './shown-entries.ts'
import styles from './settings.module.css'
import { listed, listedWithAnd } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'

export function ShortcutsPart({ actions }: { readonly actions: readonly NamedAction[] }) {
  const own = useSettingsStore((state) => state.settings.keys)
  const [recording, setRecording] = useState<string | null>(null)
  const stop = useCallback(() => setRecording(null), [])
  const rebound = Object.keys(own)
  if (!useIsShown('shortcuts')) return null
  return (
    <>
      <p
        className={styles.intro}
      >{t`Keys go by their character, so they are where your keyboard has it. In lists, tables and editors there are more: the manual has a page on them.`}</p>
      <div className={styles.resetAll}>
        <Button disabled={rebound.length === 0} onClick={() => void resetSettings(['keys'])}>{t`Reset all shortcuts`}</Button>
      </div>
      <ul className={styles.shortcuts} aria-label={t`Shortcuts`}>
        {actions.map((action) => (
          <ShortcutRow
            key={action.id}
            action={action}
            actions={actions}
            isRecording={recording === action.id}
            onRecord={() => setRecording(action.id)}
            onStop={stop}
          />
        ))}
      </ul>
    </>
  )
}

interface ShortcutRowProps {
  readonly action: NamedAction
  readonly actions: readonly NamedAction[]
  readonly isRecording: boolean
  readonly onRecord: () => void
  readonly onStop: () => void
}

function ShortcutRow({ action: { id, label }, actions, isRecording, onRecord, onStop }: ShortcutRowProps) {
  const own = useSettingsStore((state) => state.settings.keys)
  const keys = keysOfAction(id, own)
  const others = useMemo(() => [...new Set(keys.flatMap((key) => actionsWithKey(actions, own, key, id)))], [keys, actions, own, id])
  return (
    <li className={styles.shortcut} data-changed={Object.hasOwn(own, id)}>
      <span className={styles.label}>{label}</span>
      <span className={styles.keys}>
        {keys.length === 0 && <span className={styles.help}>{t`No key`}</span>}
        {keys.map((key) => (
          <kbd key={key}>{shortcutText(key)}</kbd>
        ))}
      </span>
      <Button aria-label={t`Change the key of ${label}`} aria-pressed={isRecording} onClick={isRecording ? onStop : onRecord}>
        {isRecording ? t`Press keys` : t`Change`}
      </Button>
      <span className={styles.reset}>
        {Object.hasOwn(own, id) && (
          <IconButton label={t`Reset the key of ${label}`} icon={<RotateCcw />} onClick={() => void resetSettings(['keys', id])} />
        )}
      </span>
      {isRecording && <Recorder id={id} actions={actions} onDone={onStop} />}
      {!isRecording && others.length > 0 && (
        <div className={styles.note}>
          <ProblemNote tone="warning" message={t`Another action has the same key.`} hint={listed(others.map((other) => other.label))} />
        </div>
      )}
    </li>
  )
}

interface RecorderProps {
  readonly id: string
  readonly actions: readonly NamedAction[]
  readonly onDone: () => void
}

/** Takes every key until one can be used, before the dialog around sees it. */
function Recorder({ id, actions, onDone }: RecorderProps) {
  const [pressed, setPressed] = useState<string | null>(null)
  const own = useSettingsStore((state) => state.settings.keys)
  const taken = pressed === null ? null : takenBy(pressed)
  const others = pressed === null || taken !== null ? [] : actionsWithKey(actions, own, pressed, id)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey
      // The buttons of the question stay within reach of the keyboard.
      if (isPlain && (event.key === 'Tab' || (event.key === 'Enter' && pressed !== null))) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (isPlain && event.key === 'Escape') return onDone()
      if (isPlain && (event.key === 'Backspace' || event.key === 'Delete')) {
        bind(id, [], [])
        return onDone()
      }
      const key = keysPressed(event, isMac())
      if (key === null) return
      const current = useSettingsStore.getState().settings.keys
      if (takenBy(key) === null && actionsWithKey(actions, current, key, id).length === 0) {
        bind(id, [key], [])
        return onDone()
      }
      setPressed(key)
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [id, actions, pressed, onDone])
  return (
    <div className={styles.note} role="status">
      {pressed === null && <span className={styles.help}>{t`Press the new keys. Esc keeps the old ones; Backspace takes them away.`}</span>}
      {taken !== null && <ProblemNote message={taken} hint={t`Press other keys.`} />}
      {pressed !== null && others.length > 0 && (
        <ProblemNote
          tone="warning"
          message={t`${shortcutText(pressed)} is the key of ${listedWithAnd(others.map(({ label }) => `“${label}”`))}.`}
          action={
            <Button
              onClick={() => {
                bind(id, [pressed], others)
                onDone()
              }}
            >{t`Use it here`}</Button>
          }
        />
      )}
    </div>
  )
}

/** Give an action these keys, and take them from others. */
function bind(id: string, keys: readonly string[], from: readonly NamedAction[]): void {
  const { keys: own } = useSettingsStore.getState().settings
  const without = from.map((other): [string, string[]] => {
    const left = keysOfAction(other.id, own).filter((key) => !keys.includes(key))
    return [other.id, left]
  })
  const isStandard = JSON.stringify(keys) === JSON.stringify(standardKeys(id))
  void changeSettings({
    keys: { ...Object.fromEntries(without), ...(!isStandard && { [id]: [...keys] }) },
    ...(isStandard && { reset: [['keys', id]] }),
  })
}
