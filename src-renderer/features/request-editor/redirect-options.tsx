/** Whether, how far and how redirects are followed. */
import type { DraftId } from '#contract/model/ids.ts'
import { defaultsOf, followsByDefault } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import { editDocument } from '../../actions/edit.ts'
import { Switch } from '../../ui/controls/check-box.tsx'
import { NumberField } from './number-field.tsx'
import { OptionGroup } from './option-group.tsx'
import { withOption } from './option-edits.ts'
import { problemOf } from './problems.ts'
import { readCount } from './typed-number.ts'
import { useRequest, useSectionProblems } from './use-request.ts'
import { useWrongText } from './use-wrong-text.ts'

export function RedirectOptions({ draftId }: { readonly draftId: DraftId }) {
  const options = useRequest(draftId, (document) => document.options)
  const problem = problemOf(useSectionProblems(draftId, 'options'), 'maxRedirects')
  const wrong = useWrongText(draftId, 'maxRedirects', 'Maximum redirects')
  const change = (field: string, next: (options: Options) => Options): void =>
    editDocument(draftId, `options.${field}`, (document) => ({ ...document, options: next(document.options) }))
  const standard = followsByDefault(
    options,
    useRequest(draftId, (document) => document.method),
  )
  const follows = options.followRedirects ?? standard
  return (
    <OptionGroup title="Redirects" startsOpen summary={summaryOf(options)} hasProblem={problem !== undefined || wrong.wrongText !== null}>
      <Switch
        label="Follow redirects"
        checked={follows}
        onChange={(on) => change('followRedirects', (old) => withOption(old, 'followRedirects', on === standard ? undefined : on))}
        help={
          <>
            On: a 301, 302, 303, 307 or 308 is followed, and every hop is kept to look at. <code>allow_redirects</code> in requests.
          </>
        }
      />
      <NumberField
        name="maxRedirects"
        label="Maximum redirects"
        {...wrong}
        value={options.maxRedirects}
        placeholder={String(defaultsOf(options).maxRedirects)}
        read={readCount}
        disabled={!follows}
        problem={problem}
        onChange={(value) => change('maxRedirects', (old) => withOption(old, 'maxRedirects', value))}
        help={
          <>
            One more than this fails with TooManyRedirects. <code>Session.max_redirects</code> in requests.
          </>
        }
      />
      <Switch
        label="Stop at each redirect"
        checked={options.stepRedirects ?? false}
        onChange={(on) => change('stepRedirects', (old) => withOption(old, 'stepRedirects', on ? true : undefined))}
        help={
          <>
            On: the next request is shown before it is sent, and you decide. Time stands still meanwhile. <code>Response.next</code> in
            requests.
          </>
        }
      />
    </OptionGroup>
  )
}

function summaryOf({ followRedirects, maxRedirects, stepRedirects }: Options): string {
  if (followRedirects === false) return 'not followed'
  return [...(maxRedirects === undefined ? [] : [`at most ${maxRedirects}`]), ...(stepRedirects === true ? ['step by step'] : [])].join(
    ', ',
  )
}
