/** Whether, how far and how redirects are followed. */
import { defaultsOf } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import { Switch } from '../ui/controls/check-box.tsx'
import { NumberField } from './number-field.tsx'
import { OptionGroup } from './option-group.tsx'
import { withOption } from './option-edits.ts'
import { saidAs, useOptionsForm } from './options-form.ts'
import { problemOf } from './problems.ts'
import { useSetHere } from './set-here.tsx'
import { TeachingNote } from './teaching-note.tsx'
import { readCount } from './typed-number.ts'
import { useWrongText } from './use-wrong-text.ts'
import { OptionWords } from './option-words.tsx'
import { t } from '../lib/t.ts'

const OF = ['followRedirects', 'maxRedirects', 'stepRedirects'] as const

export function RedirectOptions() {
  const form = useOptionsForm()
  const { options } = form
  const problem = problemOf(form.problems, 'maxRedirects')
  const wrong = useWrongText('maxRedirects', t`Maximum redirects`)
  const limit = defaultsOf(options).maxRedirects
  const standard = form.followsByDefault
  const followsHere = useSetHere('followRedirects', t`Follow redirects`, standard)
  const limitHere = useSetHere('maxRedirects', t`Maximum redirects`, limit)
  const stepsHere = useSetHere('stepRedirects', t`Stop at each redirect`, false)
  const follows = options.followRedirects ?? (followsHere.outer === undefined ? standard : followsHere.outer === true)
  return (
    <OptionGroup
      title={t`Redirects`}
      of={OF}
      startsOpen
      summary={summaryOf(options)}
      hasProblem={problem !== undefined || wrong.wrongText !== null}
    >
      <Switch
        name="followRedirects"
        label={t`Follow redirects`}
        mark={followsHere.mark}
        isUnset={followsHere.isUnset}
        checked={follows}
        onChange={(on) =>
          form.edit('followRedirects', (old) => withOption(old, 'followRedirects', saidAs(form, 'followRedirects', on, standard)))
        }
        help={<OptionWords of="followRedirects" />}
      >
        {followsHere.from}
      </Switch>
      <TeachingNote id="headNotFollowed" when={form.scope === 'request' && !standard && options.followRedirects === undefined} />
      <NumberField
        name="maxRedirects"
        label={t`Maximum redirects`}
        {...wrong}
        setHere={limitHere}
        value={options.maxRedirects}
        placeholder={String(typeof limitHere.outer === 'number' ? limitHere.outer : limit)}
        read={readCount}
        disabled={!follows}
        problem={problem}
        onChange={(value) => form.edit('maxRedirects', (old) => withOption(old, 'maxRedirects', value))}
        help={<OptionWords of="maxRedirects" />}
      />
      <Switch
        name="stepRedirects"
        label={t`Stop at each redirect`}
        mark={stepsHere.mark}
        isUnset={stepsHere.isUnset}
        checked={options.stepRedirects ?? stepsHere.outer === true}
        onChange={(on) => form.edit('stepRedirects', (old) => withOption(old, 'stepRedirects', saidAs(form, 'stepRedirects', on, false)))}
        help={<OptionWords of="stepRedirects" />}
      >
        {stepsHere.from}
      </Switch>
    </OptionGroup>
  )
}

function summaryOf({ followRedirects, maxRedirects, stepRedirects }: Options): string {
  if (followRedirects === false) return t`not followed`
  return [...(maxRedirects === undefined ? [] : [t`at most ${maxRedirects}`]), ...(stepRedirects === true ? [t`step by step`] : [])].join(
    ', ',
  )
}
