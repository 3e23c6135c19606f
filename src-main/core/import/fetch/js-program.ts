/** A script of JavaScript, parsed: its variables, what is put into them, and its calls. Nothing is run. */
import type { AnyNode, CallExpression, Expression, Program } from 'acorn'
import type { SourceFile } from '../import-source.ts'
import { parseJs, withoutTypes } from './parse-js.ts'

/** A method called on a variable, such as `form.append('a', 'b')`. */
export interface Change {
  readonly method: string
  readonly args: CallExpression['arguments']
}

export interface Script {
  readonly calls: readonly CallExpression[]
  /** The value that each variable is declared with; of several of a name, the first. */
  readonly variables: ReadonlyMap<string, Expression>
  readonly changes: ReadonlyMap<string, readonly Change[]>
}

const CHANGES = new Set(['append', 'set', 'push'])

/** @throws {CoreError} `Unreadable` with the place where the text is neither JavaScript nor TypeScript */
export function readScript(file: SourceFile): Script {
  const calls: CallExpression[] = []
  const variables = new Map<string, Expression>()
  const changes = new Map<string, Change[]>()
  walk(withoutTypes(parseJs(file)), (node) => {
    if (node.type === 'CallExpression') calls.push(node)
    if (node.type === 'CallExpression') noteChange(node, changes)
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier' || !node.init) return
    if (!variables.has(node.id.name)) variables.set(node.id.name, node.init)
  })
  return { calls: calls.toSorted((one, other) => one.start - other.start), variables, changes }
}

function noteChange({ callee, arguments: args }: CallExpression, changes: Map<string, Change[]>): void {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier' || !CHANGES.has(callee.property.name)) return
  const object = callee.object.type === 'MemberExpression' ? callee.object.object : callee.object
  if (object.type !== 'Identifier') return
  const known = changes.get(object.name) ?? []
  known.push({ method: callee.property.name, args })
  changes.set(object.name, known)
}

/** Every node, without recursion: a program may be nested as deeply as the parser takes it. */
function walk(root: Program, visit: (node: AnyNode) => void): void {
  const waiting: unknown[] = [root]
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (Array.isArray(value)) for (const item of value.toReversed()) waiting.push(item ?? null)
    else if (isNode(value)) {
      visit(value)
      for (const part of Object.values(value).toReversed()) if (typeof part === 'object' && part !== null) waiting.push(part)
    }
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value
}

/** `a.b.c` of an expression that is names alone; null for others. */
export function dottedName(node: AnyNode): string | null {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'ThisExpression') return 'this'
  if (node.type === 'MetaProperty') return `${node.meta.name}.${node.property.name}`
  if (node.type === 'ChainExpression') return dottedName(node.expression)
  if (node.type !== 'MemberExpression') return null
  const object = dottedName(node.object)
  const { property } = node
  if (object === null) return null
  if (!node.computed && property.type === 'Identifier') return `${object}.${property.name}`
  return node.computed && property.type === 'Literal' ? `${object}.${String(property.value)}` : null
}
