/** The expressions of the parser's tree. Left-hand chains such as `a + b + c …` are read in a loop, as they may be of any length. */
import type { SyntaxNode } from '@lezer/common'
import { CoreError } from '../../lib/core-error.ts'
import { childrenOf, readString } from './read-strings.ts'
import type { Argument, Clause, Comprehension, Entry, Expression, Item, Param } from './syntax.ts'

/** Deeper than anything that a person writes, and shallow enough for the stack. */
const MAX_NESTING = 150

export interface ExpressionReader {
  readonly text: string
  depth: number
}

/** Runs one level deeper. @throws {CoreError} `Unreadable` beyond the bound */
export function deeper<T>(reader: ExpressionReader, run: () => T): T {
  if (reader.depth >= MAX_NESTING)
    throw new CoreError('Unreadable', 'resolve', `The script is nested more than ${MAX_NESTING} levels deep.`)
  reader.depth += 1
  try {
    return run()
  } finally {
    reader.depth -= 1
  }
}

export function readExpression(node: SyntaxNode, reader: ExpressionReader): Expression {
  return deeper(reader, () => readOne(node, reader))
}

function sourceOf(node: SyntaxNode, reader: ExpressionReader): string {
  return reader.text.slice(node.from, node.to)
}

const COLLECTIONS: Readonly<Record<string, 'list' | 'tuple' | 'set'>> = { TupleExpression: 'tuple', SetExpression: 'set' }

function readOne(node: SyntaxNode, reader: ExpressionReader): Expression {
  const span = { from: node.from, to: node.to }
  const other: Expression = { kind: 'other', ...span }
  const children = childrenOf(node)
  const [first, second] = children
  switch (node.name) {
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return readString(node, reader.text, (one) => readExpression(one, reader))
    case 'ParenthesizedExpression':
      return children.length === 3 && second ? readExpression(second, reader) : other
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'SetExpression':
      return { kind: COLLECTIONS[node.name] ?? 'list', items: itemsOf(children, reader), ...span }
    case 'DictionaryExpression':
      return { kind: 'dict', entries: entriesOf(children, reader), ...span }
    case 'ComprehensionExpression':
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return comprehensionOf(node.name, children.slice(1, -1), span, reader) ?? other
    case 'BinaryExpression':
    case 'CallExpression':
    case 'MemberExpression':
      return readChain(node, reader)
    case 'UnaryExpression':
      return first && second
        ? { kind: 'unary', operator: sourceOf(first, reader), operand: readExpression(second, reader), ...span }
        : other
    case 'ConditionalExpression': {
      const [yes, , test, , no] = children
      return yes && test && no
        ? {
            kind: 'conditional',
            test: readExpression(test, reader),
            yes: readExpression(yes, reader),
            no: readExpression(no, reader),
            ...span,
          }
        : other
    }
    case 'LambdaExpression': {
      const params = children.find((child) => child.name === 'ParamList')
      const body = children.at(-1)
      return body
        ? { kind: 'lambda', params: params ? readParams(params, reader) : [], body: readExpression(body, reader), ...span }
        : other
    }
    case 'NamedExpression': {
      const value = children[2]
      return first && value ? { kind: 'named', name: sourceOf(first, reader), value: readExpression(value, reader), ...span } : other
    }
    case 'AwaitExpression':
      return second ? { kind: 'await', operand: readExpression(second, reader), ...span } : other
    default:
      return readLeaf(node, reader)
  }
}

/** What has nothing in it. */
function readLeaf(node: SyntaxNode, reader: ExpressionReader): Expression {
  const span = { from: node.from, to: node.to }
  switch (node.name) {
    case 'None':
      return { kind: 'none', ...span }
    case 'Boolean':
      return { kind: 'bool', value: sourceOf(node, reader) === 'True', ...span }
    case 'Ellipsis':
      return { kind: 'ellipsis', ...span }
    case 'Number':
      return { kind: 'number', text: sourceOf(node, reader), ...span }
    case 'VariableName':
    case 'self':
      return { kind: 'name', name: sourceOf(node, reader), ...span }
    default:
      return { kind: 'other', ...span }
  }
}

/** Calls, members and operators, from the innermost left outwards. */
function readChain(node: SyntaxNode, reader: ExpressionReader): Expression {
  const chain: SyntaxNode[] = []
  let at: SyntaxNode | null = node
  while (at && isChain(at)) {
    chain.push(at)
    at = at.firstChild
  }
  let left: Expression = at ? readExpression(at, reader) : { kind: 'other', from: node.from, to: node.from }
  for (const link of chain.reverse()) left = linked(link, left, reader)
  return left
}

function linked(node: SyntaxNode, left: Expression, reader: ExpressionReader): Expression {
  const span = { from: node.from, to: node.to }
  const [, ...rest] = childrenOf(node)
  const last = rest.at(-1)
  const operator = rest
    .slice(0, -1)
    .map((one) => sourceOf(one, reader))
    .join(' ')
  switch (node.name) {
    case 'CallExpression':
      return last ? { kind: 'call', callee: left, args: readArguments(last, reader), ...span } : left
    case 'MemberExpression':
      if (last?.name === 'PropertyName') return { kind: 'member', object: left, name: sourceOf(last, reader), ...span }
      return subscript(left, rest.slice(1, -1), span, reader)
    default:
      return last && operator !== ''
        ? { kind: 'binary', operator, left, right: readExpression(last, reader), ...span }
        : { kind: 'other', ...span }
  }
}

function subscript(
  object: Expression,
  inner: readonly SyntaxNode[],
  span: { from: number; to: number },
  reader: ExpressionReader,
): Expression {
  if (!inner.some((child) => child.name === ':')) return { kind: 'index', object, index: readList(inner, reader), ...span }
  const bounds: (Expression | null)[] = [null]
  for (const child of inner) {
    if (child.name === ':') bounds.push(null)
    else bounds[bounds.length - 1] = readExpression(child, reader)
  }
  return { kind: 'slice', object, bounds, ...span }
}

export function readList(nodes: readonly SyntaxNode[], reader: ExpressionReader): Expression {
  const [first] = nodes
  const last = nodes.at(-1)
  if (!first || !last) return { kind: 'other', from: 0, to: 0 }
  if (nodes.length === 1) return readExpression(first, reader)
  return { kind: 'tuple', items: itemsOf(nodes, reader), from: first.from, to: last.to }
}

function itemsOf(children: readonly SyntaxNode[], reader: ExpressionReader): Item[] {
  return children.flatMap((child, index) => {
    if (/^[[\](){},*]$/.test(child.name)) return []
    return [{ isSpread: children[index - 1]?.name === '*', value: readExpression(child, reader) }]
  })
}

function entriesOf(children: readonly SyntaxNode[], reader: ExpressionReader): Entry[] {
  const entries: Entry[] = []
  let key: SyntaxNode | null = null
  children.forEach((child, index) => {
    const before = children[index - 1]?.name
    if (/^([{},:]|\*\*)$/.test(child.name)) return
    if (before === '**') entries.push({ key: null, value: readExpression(child, reader) })
    else if (before === ':' && key) {
      entries.push({ key: readExpression(key, reader), value: readExpression(child, reader) })
      key = null
    } else key = child
  })
  return entries
}

function comprehensionOf(
  name: string,
  children: readonly SyntaxNode[],
  span: { from: number; to: number },
  reader: ExpressionReader,
): (Expression & Comprehension) | null {
  const start = children.findIndex((child) => child.name === 'for' || child.name === 'async')
  const [element, colon, value] = children
  if (start < 1 || !element) return null
  const shape = name.startsWith('Array') ? 'list' : name.startsWith('Set') ? 'set' : name.startsWith('Dict') ? 'dict' : 'generator'
  const isDict = shape === 'dict'
  if (isDict && (colon?.name !== ':' || !value)) return null
  return {
    kind: 'comprehension',
    shape,
    element: readExpression(element, reader),
    value: isDict && value ? readExpression(value, reader) : null,
    clauses: clausesOf(children.slice(start), reader),
    ...span,
  }
}

function clausesOf(children: readonly SyntaxNode[], reader: ExpressionReader): Clause[] {
  const clauses: Clause[] = []
  for (let at = 0; at < children.length; at += 1) {
    const name = children[at]?.name
    const end = children.findIndex((child, index) => index > at && ['for', 'if', 'async'].includes(child.name))
    const own = children.slice(at + 1, end < 0 ? undefined : end)
    if (name === 'for') {
      const middle = own.findIndex((child) => child.name === 'in')
      const target = own.slice(0, middle)
      clauses.push({ kind: 'for', target: readList(target, reader), iterable: readList(own.slice(middle + 1), reader) })
    } else if (name === 'if') clauses.push({ kind: 'if', test: readList(own, reader) })
    at += own.length
  }
  return clauses
}

export function readArguments(node: SyntaxNode, reader: ExpressionReader): Argument[] {
  const args: Argument[] = []
  const children = childrenOf(node).slice(1)
  for (let at = 0; at < children.length;) {
    const found = children.findIndex((child, index) => index >= at && (child.name === ',' || child.name === ')'))
    const end = found < 0 ? children.length : found
    const argument = argumentOf(children.slice(at, end), reader)
    if (argument) args.push(argument)
    at = end + 1
  }
  return args
}

function argumentOf(nodes: readonly SyntaxNode[], reader: ExpressionReader): Argument | null {
  const [first, second, third] = nodes
  if (!first) return null
  const span = { from: first.from, to: nodes.at(-1)?.to ?? first.to }
  if (first.name === '*' || first.name === '**') {
    const kind = first.name === '*' ? 'spread' : 'spread-named'
    return second ? { kind, name: '', value: readExpression(second, reader) } : null
  }
  if (second?.name === 'AssignOp' && third) return { kind: 'named', name: sourceOf(first, reader), value: readExpression(third, reader) }
  const generator = nodes.length > 1 ? comprehensionOf('Comprehension', nodes, span, reader) : null
  return { kind: 'plain', name: '', value: generator ?? readExpression(first, reader) }
}

export function readParams(node: SyntaxNode, reader: ExpressionReader): Param[] {
  const params: Param[] = []
  const children = childrenOf(node)
  children.forEach((child, index) => {
    if (child.name !== 'VariableName') return
    const before = children[index - 1]?.name
    if (before === 'AssignOp') return
    const next = children[index + 1]
    const assign =
      next?.name === 'AssignOp' ? index + 1 : next?.name === 'TypeDef' && children[index + 2]?.name === 'AssignOp' ? index + 2 : -1
    const fallback = assign < 0 ? undefined : children[assign + 1]
    const kind = before === '*' ? 'rest' : before === '**' ? 'rest-named' : 'plain'
    params.push({ name: sourceOf(child, reader), kind, fallback: fallback ? readExpression(fallback, reader) : null })
  })
  return params
}

function isChain(node: SyntaxNode): boolean {
  return node.name === 'BinaryExpression' || node.name === 'CallExpression' || node.name === 'MemberExpression'
}
