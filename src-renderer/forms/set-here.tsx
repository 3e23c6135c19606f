/**
 * Whether an option is set here: a tick before its name. Without it the option is greyed and shows what holds otherwise;
 * taking the tick away takes the option out. A request has a tick only where something around it sets the option too.
 */
import type { ReactNode } from 'react'
import type { Origin } from '#contract/model/origin.ts'
import type { Options } from '#contract/model/request.ts'
import { optionAt } from '../actions/typed.ts'
import { withOptionAt } from './option-edits.ts'
import { useOptionsForm } from './options-form.ts'
import { OriginLink } from './origin-link.tsx'
import styles from './set-here.module.css'
import { originWords } from '../lib/origin-words.ts'
import { t } from '../lib/t.ts'

export interface SetHere {
  /** Stands before the option's name; undefined in a request where nothing around it sets the option. */
  readonly mark: ReactNode
  /** Stands behind its control: where the value is from that holds instead. */
  readonly from: ReactNode
  /** Not set here, but by a layer around, or here is a layer. */
  readonly isUnset: boolean
  /** What holds where it is not set; undefined: the default. */
  readonly outer: unknown
}

/**
 * @param path of the option, such as `timeout.read`
 * @param standard what the tick sets where nothing around sets it; undefined: nothing, it has to be typed
 */
export function useSetHere(path: string, label: string, standard: unknown): SetHere {
  const { options, isLayer, outer, edit } = useOptionsForm()
  const found = outerAt(outer, path)
  if (!isLayer && found === null) return { mark: undefined, from: undefined, isUnset: false, outer: undefined }
  const isUnset = optionAt(options, path) === undefined
  const next = found === null ? standard : found.value
  const toggle = (on: boolean): void =>
    edit(`${path}#here`, (old) => (on && next === undefined ? old : withOptionAt(old, path, on ? next : undefined)))
  return {
    mark: (
      <input
        type="checkbox"
        className={styles.tick}
        aria-label={t`Set ${label} here`}
        title={isUnset ? t`Not set here. ${insteadOf(found?.origin)}` : t`Set here. ${withoutIt(found?.origin)}`}
        checked={!isUnset}
        disabled={isUnset && next === undefined}
        onChange={(event) => toggle(event.target.checked)}
      />
    ),
    from: isUnset && found !== null ? <OriginLink origin={found.origin} sought={{ name: path, section: 'options' }} /> : undefined,
    isUnset,
    outer: found?.value,
  }
}

function outerAt(outer: readonly { key: keyof Options; value: unknown; origin: Origin }[], path: string) {
  const [key = '', ...rest] = path.split('.')
  for (const { key: other, value, origin } of outer) {
    if (other !== key) continue
    const at = rest.length === 0 ? value : optionAt({ [key]: value }, path) // read by name only
    if (at !== undefined) return { value: at, origin }
  }
  return null
}

function insteadOf(origin: Origin | undefined): string {
  return origin === undefined ? t`The default holds.` : t`What holds is from ${originWords(origin)}.`
}

function withoutIt(origin: Origin | undefined): string {
  return origin === undefined ? t`Without the tick the default holds.` : t`Without the tick what holds is from ${originWords(origin)}.`
}
