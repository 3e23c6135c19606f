/** Options that every request has where nothing nearer says otherwise, in the form that requests have for their own. */
import { useCallback, useMemo, type ReactNode } from 'react'
import { changeSettings } from '../../actions/settings.ts'
import { BehaviourOptions } from '../../forms/behaviour-options.tsx'
import { ConnectionOptions } from '../../forms/connection-options.tsx'
import { optionProblems, useChecked, useTyped } from '../../forms/option-problems.ts'
import { OptionsOf, type OptionsForm, type OuterOption } from '../../forms/options-form.ts'
import { ProxyOptions } from '../../forms/proxy-options.tsx'
import { RedirectOptions } from '../../forms/redirect-options.tsx'
import { RetryOptions } from '../../forms/retry-options.tsx'
import { TimeoutOptions } from '../../forms/timeout-options.tsx'
import { TlsOptions } from '../../forms/tls-options.tsx'
import { newDraftId } from '../../lib/new-draft-id.ts'
import { optionsChange } from '../../lib/settings-edits.ts'
import { useSettingsStore } from '../../stores/settings-store.ts'
import { useTypedStore } from '../../stores/typed-store.ts'
import type { EntryId } from './settings-entries.ts'
import { useIsShown } from './shown-entries.ts'
import styles from './settings.module.css'
import { t } from '../../lib/t.ts'

/** Texts that are no values yet are kept under it, as under a tab's. */
const FORM = newDraftId()
const NOTHING_AROUND: readonly OuterOption[] = []

/** They have a meaning for one request, or one host, only. */
const NOT_OFFERED: ReadonlySet<string> = new Set(['encoding', 'unixSocket', 'resolve'])

/** Gives the options of the settings to the parts of the form inside. */
export function DefaultOptionsForm({ children }: { readonly children: ReactNode }) {
  const options = useSettingsStore((state) => state.settings.defaults)
  const typed = useTyped(FORM, '')
  const problems = useChecked(
    null,
    useMemo(() => ({ options }), [options]),
  )
  const edit = useCallback<OptionsForm['edit']>((_field, change) => {
    const before = useSettingsStore.getState().settings.defaults
    void changeSettings(optionsChange(before, change(before)))
  }, [])
  const keepTyped = useCallback<OptionsForm['keepTyped']>((field, text) => useTypedStore.getState().set(FORM, field, text), [])
  const form = useMemo(
    (): OptionsForm => ({
      key: FORM,
      scope: 'settings',
      startsOpen: true,
      options,
      edit,
      problems: optionProblems(problems, options, typed),
      typed,
      keepTyped,
      followsByDefault: true,
      offers: (key) => !NOT_OFFERED.has(key),
      isLayer: true,
      outer: NOTHING_AROUND,
    }),
    [options, edit, problems, typed, keepTyped],
  )
  return <OptionsOf value={form}>{children}</OptionsOf>
}

const GROUPS = {
  requests: [
    ['behaviour', <BehaviourOptions />],
    ['timeouts', <TimeoutOptions />],
    ['redirects', <RedirectOptions />],
    ['retries', <RetryOptions />],
    ['connection', <ConnectionOptions />],
  ],
  proxies: [['proxies', <ProxyOptions />]],
  certificates: [['certificates', <TlsOptions />]],
} as const satisfies Readonly<Record<string, readonly (readonly [EntryId, ReactNode])[]>>

/** The groups of a part. The tick before an option is the way back to its default. */
export function OptionsPart({ part }: { readonly part: keyof typeof GROUPS }) {
  return (
    <>
      <p
        className={styles.intro}
      >{t`For every request on this machine, in the window and on the command line. What a collection, a session, a folder or the request itself says wins. Without the tick before it, an option has its default.`}</p>
      <div className={styles.options} data-dense="true">
        {GROUPS[part].map(([id, group]) => (
          <Shown key={id} id={id}>
            {group}
          </Shown>
        ))}
      </div>
    </>
  )
}

function Shown({ id, children }: { readonly id: EntryId; readonly children: ReactNode }) {
  return useIsShown(id) ? children : null
}
