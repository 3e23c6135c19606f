/** Whose rules a request follows in all that is not typed, and what that changes, in a line. */
import { useId } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { BEHAVIOURS, type Behaviour } from '#contract/model/wire-options.ts'
import { editDocument } from '../../actions/edit.ts'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { withOption } from './option-edits.ts'
import { useRequest } from './use-request.ts'
import controls from '../../ui/controls/controls.module.css'

const WORDS: Readonly<Record<Behaviour, { readonly label: string; readonly change: string }>> = {
  posthaste: {
    label: 'Posthaste',
    change: 'Text is sent as it is typed, types are found for you, timeouts are finite, and secrets stay with the host they are for.',
  },
  requests: {
    label: 'Python requests',
    change:
      'The bytes of requests 2.34: its head, URL quoting, json.dumps, multipart, cookies and redirects. No timeouts; a HEAD is not followed.',
  },
  curl: {
    label: 'curl',
    change: 'The head and bodies of curl 8 with -L: few headers, texts sent as -d sends them, at most 50 redirects.',
  },
  browser: {
    label: 'Browser',
    change: 'URLs, forms and the head as Chromium’s fetch makes them, line breaks as CRLF in multipart, at most 20 redirects.',
  },
}
const CHOICES: readonly SelectOption<Behaviour>[] = BEHAVIOURS.map((value) => ({ value, label: WORDS[value].label }))

export function BehaviourOptions({ draftId }: { readonly draftId: DraftId }) {
  const id = useId()
  const behaviour = useRequest(draftId, (document) => document.options.behaviour) ?? 'posthaste'
  const choose = (next: Behaviour): void =>
    editDocument(draftId, 'options.behaviour', (document) => ({
      ...document,
      options: withOption(document.options, 'behaviour', next === 'posthaste' ? undefined : next),
    }))
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>Behave like</span>
      <div className={controls.optionBody}>
        <Select label="Behave like" value={behaviour} options={CHOICES} onChange={choose} describedBy={id} />
        <p className={controls.optionHelp} id={id}>
          {WORDS[behaviour].change}
        </p>
      </div>
    </div>
  )
}
