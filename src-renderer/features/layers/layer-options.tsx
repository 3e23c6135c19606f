/** The options of a layer, in the form that a request has for its own, each with a tick that says whether it is set here. */
import { useCallback, useMemo } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Options } from '#contract/model/request.ts'
import { BehaviourOptions } from '../../forms/behaviour-options.tsx'
import { ConnectionOptions } from '../../forms/connection-options.tsx'
import { everyOption, OptionsOf, type OptionsForm, type OuterOption } from '../../forms/options-form.ts'
import { ProxyOptions } from '../../forms/proxy-options.tsx'
import { RedirectOptions } from '../../forms/redirect-options.tsx'
import { RetryOptions } from '../../forms/retry-options.tsx'
import { TimeoutOptions } from '../../forms/timeout-options.tsx'
import { TlsOptions } from '../../forms/tls-options.tsx'
import { UnreadOptions } from '../../forms/unread-options.tsx'
import { useTypedStore, type TypedText } from '../../stores/typed-store.ts'
import { optionProblems, useTyped } from '../../forms/option-problems.ts'
import styles from './layers.module.css'

interface LayerOptionsProps {
  readonly id: DraftId
  readonly scope: OptionsForm['scope']
  /** Part of the layer that the options are of, such as `adapters.2.`; empty: its own. */
  readonly prefix: string
  readonly options: Options
  readonly edit: OptionsForm['edit']
  readonly problems: readonly WireError[]
  readonly outer: readonly OuterOption[]
  /** What of the file's options counts for nothing, in words. */
  readonly unread?: readonly string[]
  /** Options that have a meaning here; left out: all. */
  readonly offers?: OptionsForm['offers']
}

const NONE: readonly string[] = []

export function LayerOptions({
  id,
  scope,
  prefix,
  options,
  edit,
  problems,
  outer,
  unread = NONE,
  offers = everyOption,
}: LayerOptionsProps) {
  const typed = useTyped(id, prefix)
  const keepTyped = useCallback(
    (field: string, text: TypedText | null): void => useTypedStore.getState().set(id, `${prefix}${field}`, text),
    [id, prefix],
  )
  const form = useMemo(
    (): OptionsForm => ({
      key: `${id}/${prefix}`,
      scope,
      options,
      edit,
      problems: prefix === '' ? problems.filter(({ where }) => where?.section === 'options') : optionProblems(problems, options, typed),
      typed,
      keepTyped,
      followsByDefault: true,
      offers,
      isLayer: true,
      outer,
    }),
    [id, prefix, scope, options, edit, problems, typed, keepTyped, offers, outer],
  )
  return (
    <OptionsOf value={form}>
      <div className={styles.form} data-dense="true">
        <UnreadOptions warnings={unread} />
        {offers('behaviour') && <BehaviourOptions />}
        {offers('timeout') && <TimeoutOptions />}
        {offers('followRedirects') && <RedirectOptions />}
        {offers('retry') && <RetryOptions />}
        {offers('verify') && <TlsOptions />}
        {offers('proxies') && <ProxyOptions />}
        {offers('http2') && <ConnectionOptions />}
      </div>
    </OptionsOf>
  )
}
