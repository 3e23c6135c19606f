/** The tabs of the pages of sessions and defaults: counts of what is set in each section, red for what is wrong. Pure. */
import type { WireError } from '#contract/errors.ts'
import type { ScriptedDefaults, Session } from '#contract/model/session.ts'
import type { TabItem } from '../../ui/tab-strip.tsx'
import { t } from '../../lib/t.ts'

export type SessionSection = 'headers' | 'params' | 'auth' | 'options' | 'cookies' | 'adapters'
export type DefaultsSection = 'headers' | 'auth' | 'variables' | 'options' | 'scripts'

/** What is wrong with each adapter, by its index. */
export interface AdapterFaults {
  /** Of its prefix; null: nothing. */
  readonly prefix: string | null
  readonly options: readonly WireError[]
}

export function sessionTabs(
  value: Session,
  problems: readonly WireError[],
  faults: readonly AdapterFaults[],
): readonly TabItem<SessionSection>[] {
  const wrong = new Set(problems.map(({ where }) => where?.section))
  const isMountWrong = faults.some(({ prefix, options }) => prefix !== null || options.length > 0)
  return [
    tab('headers', t`Headers`, { badge: enabled(value.headers) }, wrong.has('headers')),
    tab('params', t`Params`, { badge: enabled(value.params) }, wrong.has('params')),
    tab('auth', t`Auth`, { dot: hasAuth(value) }, wrong.has('auth')),
    tab('options', t`Options`, { dot: Object.keys(value.options).length > 0 }, wrong.has('options')),
    tab('cookies', t`Cookies`, { badge: enabled(value.cookies) }, wrong.has('cookies')),
    tab('adapters', t`Adapters`, { badge: value.adapters.length }, isMountWrong),
  ]
}

export function defaultsTabs(
  value: ScriptedDefaults,
  problems: readonly WireError[],
  areVariablesWrong: boolean,
  haveScriptsBroken: boolean,
): readonly TabItem<DefaultsSection>[] {
  const wrong = new Set(problems.map(({ where }) => where?.section))
  return [
    tab('headers', t`Headers`, { badge: enabled(value.headers) }, wrong.has('headers')),
    tab('auth', t`Auth`, { dot: hasAuth(value) }, wrong.has('auth')),
    tab('variables', t`Variables`, { badge: enabled(value.variables) }, areVariablesWrong),
    tab('options', t`Options`, { dot: Object.keys(value.options).length > 0 }, wrong.has('options')),
    tab('scripts', t`Scripts`, { dot: (value.scripts ?? []).length > 0 }, haveScriptsBroken),
  ]
}

function tab<T extends string>(id: T, label: string, mark: Pick<TabItem<T>, 'badge' | 'dot'>, isWrong: boolean): TabItem<T> {
  const isUnmarked = (mark.badge ?? 0) === 0 && mark.dot !== true
  return { id, label, ...mark, ...(isWrong && { tone: 'danger', ...(isUnmarked && { dot: true }) }) }
}

function hasAuth({ auth }: Pick<Session, 'auth'>): boolean {
  return auth.kind !== 'none' && auth.kind !== 'inherit'
}

function enabled(rows: readonly { readonly enabled: boolean }[]): number {
  return rows.filter((row) => row.enabled).length
}
