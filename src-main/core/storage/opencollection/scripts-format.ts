/** Scripts of a request file, `runtime.scripts`, and of what is around requests, `request.scripts`: `{ type, code }`. */
import type { Script } from '#contract/model/script.ts'
import type { RowFormat } from './rows.ts'
import { changed, keyText } from './yaml-edit.ts'
import { isNode, textOf, valueOf } from './yaml-nodes.ts'

export const SCRIPTS: RowFormat<Script> = {
  read: (node, document) => ({
    type: textOf(valueOf(node, 'type', document), document),
    code: textOf(valueOf(node, 'code', document), document),
  }),
  changes: (_node, _document, before, after) => ({
    type: changed(before.type, after.type),
    code: changed(before.code, after.code),
  }),
  fresh: ({ type, code }) => ({ type, code }),
  nameOf: ({ type }) => type,
  keyOf: ({ type, code }) => JSON.stringify([type, code]),
  readMap: (node, document) =>
    node.items.map((pair) => ({ type: keyText(pair.key), code: textOf(isNode(pair.value) ? pair.value : null, document) })),
}
