/** Which cell or field of the editor a place in the request is: the tables show rows in another order than the document. */
import type { RequestDocument } from '#contract/model/request.ts'
import type { FocusWish } from '../../stores/focus-store.ts'
import type { WantedPlace } from '../../ui/key-value-table/index.ts'
import { queryRows } from './query-rows.ts'
import { t } from '../../lib/t.ts'

export type WantedField = ({ readonly kind: 'cell' } & WantedPlace) | { readonly kind: 'field'; readonly name: string }

/** The tables of Tests share a section; a field names its table in front: `captures.value`. */
function testsCell(field: string, cell: (table: string) => WantedField): WantedField {
  if (field.startsWith('captures')) return cell(t`Captures`)
  return cell(field.startsWith('messages') ? t`Messages by status` : t`Assertions`)
}

/** The cell of a table, or the name of a field that is none. */
export function wantedField(where: FocusWish['where'], document: RequestDocument): WantedField {
  const { section, row, field = 'value' } = where
  if (row === undefined) return { kind: 'field', name: where.field ?? '' }
  const cell = (table: string, index: number): WantedField => ({
    kind: 'cell',
    table,
    place: { row: index, column: /(?:^|\.)name$/.test(field) ? 'name' : 'value', at: 'all' },
  })
  switch (section) {
    case 'params': {
      const param = document.params[row]
      return param?.kind === 'path'
        ? { kind: 'field', name: `:${param.name}` }
        : cell(t`Query params`, queryRows(document.params).indexes.indexOf(row))
    }
    case 'headers':
      return cell(t`Headers`, row)
    case 'variables':
      return cell(t`Variables`, row)
    case 'cookies':
      return cell(t`Cookies`, row)
    case 'body':
      return cell(t`Form fields`, row)
    case 'tests':
      return testsCell(field, (table) => cell(table, row))
    default:
      return { kind: 'field', name: field }
  }
}
