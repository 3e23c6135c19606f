/** How the request is sent, group by group. Each option says what it covers and what requests calls it. */
import type { DraftId } from '#contract/model/ids.ts'
import { defaultsOf } from '#contract/model/request-defaults.ts'
import { editDocument } from '../../actions/edit.ts'
import { CheckBox } from '../../ui/controls/check-box.tsx'
import { InheritedOptions } from './inherited-options.tsx'
import { NumberField } from './number-field.tsx'
import { OptionGroup } from './option-group.tsx'
import { withTimeout, type TimeoutName } from './option-edits.ts'
import { problemOf } from './problems.ts'
import { RedirectOptions } from './redirect-options.tsx'
import { RetryOptions } from './retry-options.tsx'
import { readSeconds } from './typed-number.ts'
import { useRequest, useSectionProblems } from './use-request.ts'
import { BehaviourOptions } from './behaviour-options.tsx'
import { ConnectionOptions } from './connection-options.tsx'
import { ProxyOptions } from './proxy-options.tsx'
import { SessionOption } from './session-option.tsx'
import { TlsOptions } from './tls-options.tsx'
import { useWrongText } from './use-wrong-text.ts'
import styles from './request-editor.module.css'

export function OptionsSection({ draftId }: { readonly draftId: DraftId }) {
  return (
    <div className={styles.scroll}>
      <div className={styles.options} data-dense="true">
        <InheritedOptions draftId={draftId} />
        <BehaviourOptions draftId={draftId} />
        <Timeouts draftId={draftId} />
        <RedirectOptions draftId={draftId} />
        <RetryOptions draftId={draftId} />
        <TlsOptions draftId={draftId} />
        <ProxyOptions draftId={draftId} />
        <ConnectionOptions draftId={draftId} />
        <SessionOption draftId={draftId} />
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
  const timeout = useRequest(draftId, (document) => document.options.timeout)
  const problems = useSectionProblems(draftId, 'options')
  const summary = TIMEOUTS.flatMap(({ name }) => {
    const value = timeout?.[name]
    return value === undefined ? [] : [`${name} ${value === null ? 'without limit' : `${value} s`}`]
  })
  return (
    <OptionGroup
      title="Timeouts"
      startsOpen
      summary={summary.join(', ')}
      hasProblem={problems.some(({ where }) => where?.field?.startsWith('timeout.') ?? false)}
    >
      {TIMEOUTS.map(({ name, label }) => (
        <Timeout key={name} draftId={draftId} name={name} label={label} />
      ))}
    </OptionGroup>
  )
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
  const standard = useRequest(draftId, (document) => defaultsOf(document.options).timeout[name])
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
