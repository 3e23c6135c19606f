/**
 * Texts in number fields of Options that are no numbers (yet). The document keeps its last right value, so a text like
 * that must keep the request from being sent: what would go out is not what stands there.
 */
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Options, RequestDocument } from '#contract/model/request.ts'
import { useTypedStore } from '../stores/typed-store.ts'

export type NumberOption = 'maxRedirects' | 'timeout.connect' | 'timeout.read' | 'timeout.total'

/** The wrong texts of a tab, as the problems they are. One whose option was changed since, as by undo, is none. */
export function typedProblems(id: DraftId, document: RequestDocument): readonly WireError[] {
  const typed = useTypedStore.getState().byTab[id] ?? {}
  return Object.entries(typed).flatMap(([field, { value, label, fault }]): WireError[] =>
    Object.is(optionAt(document.options, field), value)
      ? [
          {
            kind: 'InvalidOption',
            stage: 'prepare',
            message: `${label}: ${fault}`,
            hint: 'Type a number, or empty the field for the default.',
            where: { section: 'options', field },
          },
        ]
      : [],
  )
}

/** What the document has for a field; undefined where it is left out. */
export function optionAt(options: Options, field: string): unknown {
  const { maxRedirects, timeout } = options
  switch (field) {
    case 'maxRedirects':
      return maxRedirects
    case 'timeout.connect':
      return timeout?.connect
    case 'timeout.read':
      return timeout?.read
    case 'timeout.total':
      return timeout?.total
    default:
      return undefined
  }
}
