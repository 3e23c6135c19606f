/** Gives the form of options those of a tab's request. */
import { useCallback, useMemo, type ReactNode } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { followsByDefault, NO_LAYERS } from '#contract/model/request-defaults.ts'
import type { Options } from '#contract/model/request.ts'
import { editDocument } from '../../actions/edit.ts'
import { keepTyped } from '../../actions/preview.ts'
import { everyOption, OptionsOf, type OptionsForm } from '../../forms/options-form.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { useTypedStore, type TypedText } from '../../stores/typed-store.ts'
import { useRequest, useSectionProblems } from './use-request.ts'

const NOTHING: Readonly<Record<string, TypedText>> = {}

export function RequestOptions({ draftId, children }: { readonly draftId: DraftId; readonly children: ReactNode }) {
  const options = useRequest(draftId, (document) => document.options)
  const method = useRequest(draftId, (document) => document.method)
  const problems = useSectionProblems(draftId, 'options')
  const outer = usePreviewsStore((state) => (state.byTab[draftId]?.layers ?? NO_LAYERS).outerOptions)
  const typed = useTypedStore((state) => state.byTab[draftId] ?? NOTHING)
  const edit = useCallback(
    (field: string, change: (options: Options) => Options): void =>
      editDocument(draftId, `options.${field}`, (document) => ({ ...document, options: change(document.options) })),
    [draftId],
  )
  const form = useMemo(
    (): OptionsForm => ({
      key: draftId,
      scope: 'request',
      options,
      edit,
      problems,
      typed,
      keepTyped: (field, text) => keepTyped(draftId, field, text),
      followsByDefault: followsByDefault(options, method),
      offers: everyOption,
      isLayer: false,
      outer,
    }),
    [draftId, options, edit, problems, typed, method, outer],
  )
  return <OptionsOf value={form}>{children}</OptionsOf>
}
