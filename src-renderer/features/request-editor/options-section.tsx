/** How the request is sent: timeouts, redirects, verification. Each says what it covers and what requests calls it. */
import type { DraftId } from '#contract/model/ids.ts'
import { DEFAULT_MAX_REDIRECTS, DEFAULT_TIMEOUT_SECONDS } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import { editDocument } from '../../actions/edit.ts'
import { keepTyped } from '../../actions/preview.ts'
import { optionAt, type NumberOption } from '../../actions/typed.ts'
import { useTypedStore } from '../../stores/typed-store.ts'
import { CheckBox, Switch } from './check-box.tsx'
import { NumberField, type NumberFieldProps } from './number-field.tsx'
import { withOption, withTimeout, type TimeoutName } from './option-edits.ts'
import { problemOf } from './problems.ts'
import { readCount, readSeconds } from './typed-number.ts'
import { useRequest, useSectionProblems } from './use-request.ts'
import { ConnectionOptions } from './connection-options.tsx'
import { ProxyOptions } from './proxy-options.tsx'
import { TlsOptions } from './tls-options.tsx'
import styles from './request-editor.module.css'

export function OptionsSection({ draftId }: { readonly draftId: DraftId }) {
  const options = useRequest(draftId, (document) => document.options)
  const problems = useSectionProblems(draftId, 'options')
  const change = (field: string, next: (options: Options) => Options): void =>
    editDocument(draftId, `options.${field}`, (document) => ({ ...document, options: next(document.options) }))
  const wrongRedirects = useWrongText(draftId, 'maxRedirects', 'Maximum redirects')
  const follows = options.followRedirects ?? true
  const redirectsProblem = problemOf(problems, 'maxRedirects')
  return (
    <div className={styles.scroll}>
      <div className={styles.options} data-dense="true">
        <Timeouts draftId={draftId} />
        <Switch
          label="Follow redirects"
          checked={follows}
          onChange={(on) => change('followRedirects', (old) => withOption(old, 'followRedirects', on ? undefined : false))}
          help={
            <>
              On: a 301, 302, 303, 307 or 308 is followed, and every hop is kept to look at. <code>allow_redirects</code> in requests.
            </>
          }
        />
        <NumberField
          name="maxRedirects"
          label="Maximum redirects"
          {...wrongRedirects}
          value={options.maxRedirects}
          placeholder={String(DEFAULT_MAX_REDIRECTS)}
          read={readCount}
          disabled={!follows}
          problem={redirectsProblem}
          onChange={(value) => change('maxRedirects', (old) => withOption(old, 'maxRedirects', value))}
          help={
            <>
              One more than this fails with TooManyRedirects. <code>Session.max_redirects</code> in requests.
            </>
          }
        />
        <TlsOptions draftId={draftId} />
        <ProxyOptions draftId={draftId} />
        <ConnectionOptions draftId={draftId} />
      </div>
    </div>
  )
}

const TIMEOUT_HELP = {
  connect: (
    <>
      Longest wait for a connection: looking the host up, connecting, TLS. The first of <code>timeout=(connect, read)</code> in requests.
    </>
  ),
  read: (
    <>
      Longest silence while waiting for the answer or between two parts of it. The second of <code>timeout=(connect, read)</code>.
    </>
  ),
  total: <>From Send to the last byte, redirects included. Empty: no limit. requests has none.</>,
}
const TIMEOUTS = [
  { name: 'connect', label: 'Connect timeout' },
  { name: 'read', label: 'Read timeout' },
  { name: 'total', label: 'Total timeout' },
] as const satisfies readonly { readonly name: TimeoutName; readonly label: string }[]

function Timeouts({ draftId }: { readonly draftId: DraftId }) {
  return TIMEOUTS.map(({ name, label }) => <Timeout key={name} draftId={draftId} name={name} label={label} />)
}

function Timeout({ draftId, name, label }: { readonly draftId: DraftId; readonly name: TimeoutName; readonly label: string }) {
  const field = `timeout.${name}` as const
  const value = useRequest(draftId, (document) => document.options.timeout?.[name])
  const problems = useSectionProblems(draftId, 'options')
  const wrong = useWrongText(draftId, field, label)
  const change = (next: number | null | undefined): void =>
    editDocument(draftId, `options.${field}`, (document) => ({ ...document, options: withTimeout(document.options, name, next) }))
  const unlimit = (on: boolean): void => {
    wrong.onWrong(null)
    change(on ? null : undefined)
  }
  const standard = DEFAULT_TIMEOUT_SECONDS[name]
  const isUnlimited = value === null && standard !== null
  return (
    <NumberField
      name={field}
      label={label}
      value={value ?? undefined}
      {...wrong}
      placeholder={isUnlimited || standard === null ? 'none' : String(standard)}
      unit="s"
      read={readSeconds}
      disabled={isUnlimited}
      problem={problemOf(problems, field)}
      onChange={change}
      help={TIMEOUT_HELP[name]}
    >
      {standard !== null && <CheckBox label="No limit" checked={isUnlimited} onChange={unlimit} />}
    </NumberField>
  )
}

/** A wrong text of a field, which outlives the field's being drawn; dropped once the option is changed by something else. */
function useWrongText(draftId: DraftId, field: NumberOption, label: string): Pick<NumberFieldProps, 'wrongText' | 'onWrong'> {
  const value = useRequest(draftId, (document) => optionAt(document.options, field))
  const typed = useTypedStore((state) => state.byTab[draftId]?.[field])
  return {
    wrongText: typed && Object.is(typed.value, value) ? typed.text : null,
    onWrong: (wrong) => keepTyped(draftId, field, wrong && { ...wrong, value, label }),
  }
}
