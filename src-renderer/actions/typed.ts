/**
 * Texts in fields of Options that are no numbers, or no lists (yet). The document keeps its last right value, so a text like
 * that must keep the request from being sent: what would go out is not what stands there.
 */
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Options, RequestDocument } from '#contract/model/request.ts'
import { useTypedStore } from '../stores/typed-store.ts'
import { t } from '../lib/t.ts'

export type TypedOption =
  | 'maxRedirects'
  | 'chunkedUpload.parts'
  | `timeout.${keyof NonNullable<Options['timeout']>}`
  | `retry.${keyof NonNullable<Options['retry']>}`

/** The wrong texts of a tab, as the problems they are. One whose option was changed since, as by undo, is none. */
export function typedProblems(id: DraftId, document: RequestDocument): readonly WireError[] {
  const typed = useTypedStore.getState().byTab[id] ?? {}
  return Object.entries(typed).flatMap(([field, { value, label, fault }]): WireError[] =>
    Object.is(optionAt(document.options, field), value)
      ? [
          {
            kind: 'InvalidOption',
            stage: 'prepare',
            message: t`${label}: ${fault}`,
            hint: t`Correct it, or empty the field for the default.`,
            where: { section: field.startsWith('chunkedUpload.') ? 'body' : 'options', field },
          },
        ]
      : [],
  )
}

/** What the document has for a field, such as `timeout.read`; undefined where it is left out. */
export function optionAt(options: Options, field: string): unknown {
  return field.split('.').reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), options)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
