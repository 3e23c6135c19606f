/**
 * Captures of a request file: the entries of `runtime.actions` that set a variable from an answer,
 * `{ type: set-variable, phase: after-response, selector: { expression, method }, variable: { name, scope } }`. Other
 * actions of the list stay where they are.
 */
import type { Document } from 'yaml'
import type { Capture } from '#contract/model/capture.ts'
import { plainOf } from './plain-edit.ts'
import { editRows, freshMarks, markChanges, readMarks, readRows, type RowFormat } from './rows.ts'
import { changed, editMap, type Change } from './yaml-edit.ts'
import { textOf, valueOf, type Value } from './yaml-nodes.ts'

/** An entry of the list. */
type Action =
  | { readonly kind: 'capture'; readonly capture: Capture }
  /** Of another type or phase. */
  | { readonly kind: 'other'; readonly text: string }

const ACTIONS: RowFormat<Action> = {
  read: (node, document) => {
    const capture = readCapture(node, document)
    return capture ? { kind: 'capture', capture } : { kind: 'other', text: JSON.stringify(plainOf(node, document) ?? null) }
  },
  changes: (node, document, before, after) =>
    before.kind === 'capture' && after.kind === 'capture' ? captureChanges(node, document, before.capture, after.capture) : {},
  fresh: (action) => {
    if (action.kind === 'other') throw new Error('An action that is not known is never written anew.')
    const { name, expression, scope, ...marks } = action.capture
    return {
      type: 'set-variable',
      phase: 'after-response',
      selector: { expression, method: 'jsonq' },
      variable: { name, scope },
      ...freshMarks(marks),
    }
  },
  nameOf: (action) => (action.kind === 'capture' ? action.capture.name : action.text),
  keyOf: (action) => (action.kind === 'capture' ? captureKey(action.capture) : action.text),
  readMap: () => [],
}

export function readCaptures(node: Value, document: Document): Capture[] {
  return readRows(node, document, ACTIONS).flatMap((action) => (action.kind === 'capture' ? [action.capture] : []))
}

/** What to change in the list so that its captures are `after`. */
export function captureEdit(node: Value, document: Document, after: readonly Capture[]): Change {
  const before = readRows(node, document, ACTIONS)
  return editRows(node, document, ACTIONS, before, withOthers(before, after))
}

/** The captures in their order, each other action behind as many of them as before. */
function withOthers(before: readonly Action[], after: readonly Capture[]): Action[] {
  const waiting = after.map((capture): Action => ({ kind: 'capture', capture }))
  const merged = before.flatMap((action) => (action.kind === 'other' ? [action] : waiting.splice(0, 1)))
  return [...merged, ...waiting]
}

function readCapture(node: Value, document: Document): Capture | null {
  const text = (value: Value): string => textOf(value, document)
  const phase = text(valueOf(node, 'phase', document))
  if (text(valueOf(node, 'type', document)) !== 'set-variable' || (phase !== '' && phase !== 'after-response')) return null
  const variable = valueOf(node, 'variable', document)
  return {
    name: text(valueOf(variable, 'name', document)),
    expression: text(valueOf(valueOf(node, 'selector', document), 'expression', document)),
    scope: text(valueOf(variable, 'scope', document)) || 'runtime',
    ...readMarks(node, document),
  }
}

function captureChanges(node: Value, document: Document, before: Capture, after: Capture): Readonly<Record<string, Change>> {
  return {
    selector: editMap(valueOf(node, 'selector', document), document, { expression: changed(before.expression, after.expression) }),
    variable: editMap(valueOf(node, 'variable', document), document, {
      name: changed(before.name, after.name),
      scope: changed(before.scope, after.scope),
    }),
    ...markChanges(node, document, before, after),
  }
}

function captureKey({ name, expression, scope, enabled, description }: Capture): string {
  return JSON.stringify([name, expression, scope, enabled, description ?? ''])
}
