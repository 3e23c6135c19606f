/** Whose rules a request follows in all that is not typed, and what that changes, in a line. */
import { useId } from 'react'
import { BEHAVIOURS, type Behaviour } from '#contract/model/wire-options.ts'
import { HelpMark } from '../ui/controls/help-mark.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import { withOption } from './option-edits.ts'
import { saidAs, useOptionsForm } from './options-form.ts'
import { useSetHere } from './set-here.tsx'
import controls from '../ui/controls/controls.module.css'
import { OptionWords } from './option-words.tsx'
import { rich, t } from '../lib/t.ts'

const WORDS: Readonly<Record<Behaviour, { readonly label: string; readonly change: string }>> = {
  posthaste: {
    label: t`Posthaste`,
    change: t`Text is sent as it is typed, types are found for you, timeouts are finite, and secrets stay with the host they are for.`,
  },
  requests: {
    label: t`Python requests`,
    change: t`The bytes of requests 2.34: its head, URL quoting, json.dumps, multipart, cookies and redirects. No timeouts; a HEAD is not followed.`,
  },
  curl: {
    label: 'curl',
    change: t`The head and bodies of curl 8 with -L: few headers, texts sent as -d sends them, at most 50 redirects.`,
  },
  browser: {
    label: t`Browser`,
    change: t`URLs, forms and the head as Chromium’s fetch makes them, line breaks as CRLF in multipart, at most 20 redirects.`,
  },
}
const STANDARD: Behaviour = 'posthaste'
const CHOICES: readonly SelectOption<Behaviour>[] = BEHAVIOURS.map((value) => ({ value, label: WORDS[value].label }))

export function BehaviourOptions() {
  const id = useId()
  const form = useOptionsForm()
  const { mark, from, isUnset, outer } = useSetHere('behaviour', t`Behave like`, STANDARD)
  const behaviour = form.options.behaviour ?? BEHAVIOURS.find((one) => one === outer) ?? STANDARD
  const choose = (next: Behaviour): void =>
    form.edit('behaviour', (options) => withOption(options, 'behaviour', saidAs(form, 'behaviour', next, STANDARD)))
  return (
    <div className={controls.option} data-unset={isUnset || undefined}>
      <span className={controls.optionLabel}>
        {rich`${mark}Behave like`}
        <HelpMark label={t`Behave like`} id={`${id}-help`}>
          <OptionWords of="behaviour" />
        </HelpMark>
      </span>
      <div className={controls.optionBody}>
        <div className={controls.numberLine}>
          <Select label={t`Behave like`} value={behaviour} options={CHOICES} onChange={choose} describedBy={id} />
          {from}
        </div>
        <p className={controls.optionHelp} id={id}>
          {WORDS[behaviour].change}
        </p>
      </div>
    </div>
  )
}
