/** Assertions of a request file, `runtime.assertions`: `{ expression, operator, value, description, disabled }`. */
import type { Assertion } from '#contract/model/assertion.ts'
import { freshMarks, markChanges, readMarks, type RowFormat } from './rows.ts'
import { changed, keyText } from './yaml-edit.ts'
import { isNode, textOf, valueOf } from './yaml-nodes.ts'

export const ASSERTIONS: RowFormat<Assertion> = {
  read: (node, document) => ({
    expression: textOf(valueOf(node, 'expression', document), document),
    operator: textOf(valueOf(node, 'operator', document), document) || 'eq',
    value: textOf(valueOf(node, 'value', document), document),
    ...readMarks(node, document),
  }),
  changes: (node, document, before, after) => ({
    expression: changed(before.expression, after.expression),
    operator: changed(before.operator, after.operator),
    value: changed(before.value, after.value),
    ...markChanges(node, document, before, after),
  }),
  fresh: ({ expression, operator, value, ...marks }) => ({ expression, operator, ...(value !== '' && { value }), ...freshMarks(marks) }),
  nameOf: ({ expression }) => expression,
  keyOf: ({ expression, operator, value, enabled, description }) =>
    JSON.stringify([expression, operator, value, enabled, description ?? '']),
  readMap: (node, document) =>
    node.items.map((pair) => ({
      expression: keyText(pair.key),
      operator: 'eq',
      value: textOf(isNode(pair.value) ? pair.value : null, document),
      enabled: true,
    })),
}
