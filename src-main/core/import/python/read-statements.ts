/** The statements of the parser's tree. */
import type { SyntaxNode } from '@lezer/common'
import { deeper, readArguments, readExpression, readList, readParams, type ExpressionReader } from './read-expressions.ts'
import { childrenOf } from './read-strings.ts'
import type { Branch, Definition, Expression, Imported, Span, Statement } from './syntax.ts'

export function readStatements(script: SyntaxNode, text: string): Statement[] {
  return statementsIn(script, { text, depth: 0 })
}

function statementsIn(node: SyntaxNode, reader: ExpressionReader): Statement[] {
  return deeper(reader, () =>
    childrenOf(node).flatMap((child): Statement[] => {
      if (child.name === ':' || child.name === ';') return []
      return child.name === 'StatementGroup' ? statementsIn(child, reader) : [statementOf(child, reader)]
    }),
  )
}

function statementOf(node: SyntaxNode, reader: ExpressionReader): Statement {
  const span = { from: node.from, to: trimmedEnd(node, reader.text) }
  const children = childrenOf(node)
  const second = children[1]
  switch (node.name) {
    case 'ImportStatement':
      return { kind: 'import', names: importsOf(children, reader.text), ...span }
    case 'AssignStatement':
      return assignment(children, reader, span)
    case 'UpdateStatement':
      return updateOf(children, reader, span)
    case 'ExpressionStatement':
      return { kind: 'expression', value: readList(children, reader), ...span }
    case 'IfStatement':
      return conditional(children, reader, span)
    case 'ForStatement':
      return loop(children, reader, span)
    case 'WhileStatement':
      return second
        ? { kind: 'while', test: readExpression(second, reader), ...bodies(children, reader), ...span }
        : { kind: 'other', ...span }
    case 'TryStatement':
      return attempt(children, reader, span)
    case 'WithStatement':
      return withStatement(children, reader, span)
    case 'MatchStatement':
      return { kind: 'match', bodies: matchBodies(node, reader), ...span }
    case 'FunctionDefinition':
    case 'ClassDefinition':
      return definition(node, [], reader, span)
    case 'DecoratedStatement':
      return decorated(children, reader, span)
    case 'ReturnStatement':
      return { kind: 'return', value: second ? readList(children.slice(1), reader) : null, ...span }
    case 'DeleteStatement':
      return {
        kind: 'delete',
        targets: children
          .slice(1)
          .filter(isValue)
          .map((child) => readExpression(child, reader)),
        ...span,
      }
    case 'AssertStatement':
      return second ? { kind: 'assert', test: readExpression(second, reader), ...span } : { kind: 'other', ...span }
    case 'ScopeStatement':
      return {
        kind: 'scope',
        names: children
          .slice(1)
          .filter(isValue)
          .map((child) => reader.text.slice(child.from, child.to)),
        ...span,
      }
    default:
      return { kind: Object.hasOwn(WORDS, node.name) ? (WORDS[node.name] ?? 'other') : 'other', ...span }
  }
}

/** Statements of a word, or of which only the kind matters. */
const WORDS: Readonly<Record<string, 'print' | 'pass' | 'break' | 'continue' | 'raise'>> = {
  PrintStatement: 'print',
  PassStatement: 'pass',
  BreakStatement: 'break',
  ContinueStatement: 'continue',
  RaiseStatement: 'raise',
}

function isValue(node: SyntaxNode): boolean {
  return node.name !== ','
}

/** Compound statements hold the line breaks behind them. */
function trimmedEnd(node: SyntaxNode, text: string): number {
  let end = node.to
  while (end > node.from && /\s/.test(text.charAt(end - 1))) end -= 1
  return end
}

/** `import a.b as c, d`, `from a import (b as c, d)`, `from a import *`. */
function importsOf(children: readonly SyntaxNode[], text: string): Imported[] {
  const words = children.filter((child) => !['(', ')'].includes(child.name)).map((child) => text.slice(child.from, child.to))
  const middle = words.indexOf('import')
  const from = words[0] === 'from' ? words.slice(1, middle).join('') : ''
  const names: string[][] = [[]]
  for (const word of words.slice(middle + 1)) {
    if (word === ',') names.push([])
    else names.at(-1)?.push(word)
  }
  return names.flatMap((parts): Imported[] => {
    const as = parts.indexOf('as')
    const own = (as < 0 ? parts : parts.slice(0, as)).join('')
    const alias = as < 0 ? undefined : parts[as + 1]
    if (own === '') return []
    if (from !== '') return [{ path: `${from}.${own}`, as: alias ?? own, binds: `${from}.${own}` }]
    const root = own.split('.', 1)[0] ?? own
    return [{ path: own, as: alias ?? root, binds: alias === undefined ? root : own }]
  })
}

function updateOf(children: readonly SyntaxNode[], reader: ExpressionReader, span: Span): Statement {
  const at = children.findIndex((child) => child.name === 'UpdateOp')
  const [target, operator] = [children[0], children[at]]
  if (!target || !operator) return { kind: 'other', ...span }
  const value = readList(children.slice(at + 1), reader)
  return {
    kind: 'update',
    target: readExpression(target, reader),
    operator: reader.text.slice(operator.from, operator.to - 1),
    value,
    ...span,
  }
}

/** `x, = y` has a tuple of one on its left. */
function assignment(children: readonly SyntaxNode[], reader: ExpressionReader, span: Span): Statement {
  const sides: SyntaxNode[][] = [[]]
  for (const child of children) {
    if (child.name === 'AssignOp') sides.push([])
    else if (child.name !== 'TypeDef') sides.at(-1)?.push(child)
  }
  const read = sides.map((side) => readList(side, reader))
  return read.length < 2
    ? { kind: 'assign', targets: read, value: null, ...span }
    : { kind: 'assign', targets: read.slice(0, -1), value: read.at(-1) ?? null, ...span }
}

function conditional(children: readonly SyntaxNode[], reader: ExpressionReader, span: Span): Statement {
  const branches: Branch[] = []
  let otherwise: readonly Statement[] = []
  children.forEach((child, index) => {
    if (child.name !== 'Body') return
    const test = children[index - 1]
    if (test?.name === 'else') otherwise = statementsIn(child, reader)
    else if (test) branches.push({ test: readExpression(test, reader), body: statementsIn(child, reader) })
  })
  return { kind: 'if', branches, otherwise, ...span }
}

function bodies(children: readonly SyntaxNode[], reader: ExpressionReader): { body: Statement[]; otherwise: Statement[] } {
  const [body, otherwise] = children.filter((child) => child.name === 'Body')
  return { body: body ? statementsIn(body, reader) : [], otherwise: otherwise ? statementsIn(otherwise, reader) : [] }
}

function loop(children: readonly SyntaxNode[], reader: ExpressionReader, span: Span): Statement {
  const start = children.findIndex((child) => child.name === 'for')
  const middle = children.findIndex((child) => child.name === 'in')
  const end = children.findIndex((child) => child.name === 'Body')
  if (middle < 0 || end < 0) return { kind: 'other', ...span }
  const target = readList(children.slice(start + 1, middle), reader)
  const iterable = readList(children.slice(middle + 1, end), reader)
  return { kind: 'for', target, iterable, ...bodies(children, reader), ...span }
}

function attempt(children: readonly SyntaxNode[], reader: ExpressionReader, span: Span): Statement {
  const parts = { body: [] as Statement[], handlers: [] as Statement[][], otherwise: [] as Statement[], final: [] as Statement[] }
  let word = ''
  for (const child of children) {
    if (['try', 'except', 'else', 'finally'].includes(child.name)) word = child.name
    if (child.name !== 'Body') continue
    const statements = statementsIn(child, reader)
    if (word === 'try') parts.body = statements
    else if (word === 'except') parts.handlers.push(statements)
    else if (word === 'else') parts.otherwise = statements
    else parts.final = statements
  }
  return { kind: 'try', ...parts, ...span }
}

function withStatement(children: readonly SyntaxNode[], reader: ExpressionReader, span: Span): Statement {
  const items: { value: Expression; name: string | null }[] = []
  const start = children.findIndex((child) => child.name === 'with')
  children.slice(start + 1).forEach((child, index, rest) => {
    const before = rest[index - 1]?.name
    if (['as', ',', 'Body'].includes(child.name) || before === 'as') return
    const name = rest[index + 1]?.name === 'as' ? rest[index + 2] : undefined
    items.push({ value: readExpression(child, reader), name: name ? reader.text.slice(name.from, name.to) : null })
  })
  return { kind: 'with', items, body: bodies(children, reader).body, ...span }
}

function matchBodies(node: SyntaxNode, reader: ExpressionReader): Statement[][] {
  const clauses = node.getChild('MatchBody')?.getChildren('MatchClause') ?? []
  return clauses.flatMap((clause) => clause.getChildren('Body').map((body) => statementsIn(body, reader)))
}

function decorated(children: readonly SyntaxNode[], reader: ExpressionReader, span: Span): Statement {
  const inner = children.at(-1)
  const decorators = children
    .filter((child) => child.name === 'Decorator')
    .map((child) => reader.text.slice(child.from + 1, child.to).trim())
  return inner ? definition(inner, decorators, reader, span) : { kind: 'other', ...span }
}

function definition(node: SyntaxNode, decorators: readonly string[], reader: ExpressionReader, span: Span): Statement {
  const children = childrenOf(node)
  const named = children.find((child) => child.name === 'VariableName')
  const body = children.find((child) => child.name === 'Body')
  if (!named || !body) return { kind: 'other', ...span }
  const name = reader.text.slice(named.from, named.to)
  const common = { name, body: statementsIn(body, reader), decorators, ...span }
  if (node.name === 'ClassDefinition') {
    const bases = children.find((child) => child.name === 'ArgList')
    const args = bases ? readArguments(bases, reader) : []
    return { kind: 'class', ...common, bases: args.filter((arg) => arg.kind === 'plain').map((arg) => arg.value) }
  }
  const params = children.find((child) => child.name === 'ParamList')
  const made: Definition = { kind: 'def', ...common, params: params ? readParams(params, reader) : [] }
  return made
}
