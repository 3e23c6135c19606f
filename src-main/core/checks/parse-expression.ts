/**
 * The words of assertions: `res.status`, `res.headers['content-type']`, `res.body.items[0].id`, `res.jsonpath('$..id')` and
 * their like, with the names that Bruno's scripts have for the same. A small grammar of our own, so that no file that was
 * opened runs code; whatever is not in it is told as not understood, never thrown.
 */
import type { Expression, NotUnderstood, Source, Step } from './expression.ts'
import { parseLoosePath } from './loose-path.ts'
import { ExpressionScanner, Stray, type Argument } from './scan-expression.ts'

/** Longer ones are no expression that a person wrote; an inline schema counts. */
const MAX_LENGTH = 100_000
/** Parsed texts that are remembered: those of a run are parsed once. */
const REMEMBERED = 1000

const remembered = new Map<string, Expression | NotUnderstood>()

/** Read an expression. Total: every text gives an answer. */
export function parseExpression(text: string): Expression | NotUnderstood {
  const known = remembered.get(text)
  if (known) return known
  const parsed = parse(text)
  if (remembered.size >= REMEMBERED) remembered.clear()
  if (text.length < 1000) remembered.set(text, parsed)
  return parsed
}

function parse(text: string): Expression | NotUnderstood {
  if (text.length > MAX_LENGTH) return { kind: 'unknown', message: 'It is too long.', position: MAX_LENGTH }
  const scanner = new ExpressionScanner(text)
  try {
    return expressionOf(scanner)
  } catch (error) {
    if (error instanceof Stray) return { kind: 'unknown', message: error.message, position: error.position }
    throw error
  }
}

function expressionOf(scanner: ExpressionScanner): Expression {
  scanner.space()
  const root = scanner.name()
  if (root !== 'res' && root !== 'response' && root !== 'req' && root !== 'request') {
    throw scanner.stray(root === null ? 'An expression begins with res, such as res.status.' : `“${root}” is not known: begin with res.`, 0)
  }
  const source = root.startsWith('req') ? requestSource(scanner) : answerSource(scanner)
  const steps: Step[] = []
  for (let step = scanner.step(source.kind === 'headers' || source.kind === 'requestHeaders'); step !== null; step = scanner.step()) {
    if (scanner.isCall()) steps.push(named(step, source, scanner))
    else steps.push(step)
  }
  scanner.space()
  if (!scanner.isAtEnd) throw scanner.stray('Not understood from here on.')
  return { kind: 'expression', source, steps }
}

/** `res.headers.get('x')`. */
function named(method: Step, { kind }: Source, scanner: ExpressionScanner): Step {
  const at = scanner.at
  const [first] = scanner.args()
  const hasNames = kind === 'headers' || kind === 'requestHeaders' || kind === 'cookies'
  if (hasNames && method === 'get' && first?.kind === 'text') return first.text
  throw scanner.stray(`There is no ${String(method)}() here.`, at)
}

const FACTS: Readonly<Record<string, Source>> = {
  status: { kind: 'status' },
  statusCode: { kind: 'status' },
  code: { kind: 'status' },
  statusText: { kind: 'statusText' },
  reason: { kind: 'statusText' },
  httpVersion: { kind: 'httpVersion' },
  ok: { kind: 'ok' },
  url: { kind: 'url' },
  encoding: { kind: 'encoding' },
  responseTime: { kind: 'responseTime' },
  timings: { kind: 'timings' },
  size: { kind: 'size' },
  headers: { kind: 'headers' },
  cookies: { kind: 'cookies' },
  history: { kind: 'history' },
  body: { kind: 'body' },
  data: { kind: 'body' },
  text: { kind: 'text' },
}

/** Methods without arguments, most of them Bruno's. */
const GETTERS: Readonly<Record<string, Source>> = {
  getStatus: { kind: 'status' },
  getStatusText: { kind: 'statusText' },
  getHeaders: { kind: 'headers' },
  getBody: { kind: 'body' },
  getResponseTime: { kind: 'responseTime' },
  getUrl: { kind: 'url' },
  getSize: { kind: 'sizes' },
  text: { kind: 'text' },
  json: { kind: 'body' },
  raise_for_status: { kind: 'gate' },
}

const REQUEST_FACTS: Readonly<Record<string, Source>> = {
  method: { kind: 'requestMethod' },
  url: { kind: 'requestUrl' },
  headers: { kind: 'requestHeaders' },
}

const REQUEST_GETTERS: Readonly<Record<string, Source>> = {
  getMethod: { kind: 'requestMethod' },
  getUrl: { kind: 'requestUrl' },
  getHeaders: { kind: 'requestHeaders' },
}

function answerSource(scanner: ExpressionScanner): Source {
  if (scanner.isCall()) {
    const at = scanner.at
    return { kind: 'loose', path: loosePathOf(scanner.args(), scanner, at) }
  }
  const at = scanner.at
  const step = scanner.step()
  if (step === null) throw scanner.stray('Say what of the answer: res.status, res.headers, res.body.', at)
  const name = String(step)
  if (scanner.isCall()) return methodSource(name, scanner, at)
  const fact = own(FACTS, name)
  if (fact) return fact
  throw scanner.stray(`An answer has no “${name}”.`, at)
}

function methodSource(name: string, scanner: ExpressionScanner, at: number): Source {
  const args = scanner.args()
  const [first] = args
  const getter = own(GETTERS, name)
  if (getter && args.length === 0) return getter
  switch (name) {
    case 'getHeader':
    case 'header':
      return scanner.begin({ kind: 'headers' }, [textOf(first, scanner, at)])
    case 'cookie':
      return scanner.begin({ kind: 'cookies' }, [textOf(first, scanner, at)])
    case 'jsonpath':
    case 'xpath':
    case 'css':
      return { kind: 'query', language: name, query: textOf(first, scanner, at) }
    case 'regex':
      return regexOf(args, scanner, at)
    case 'schema':
    case 'matchesSchema':
      return schemaOf(first, scanner, at)
    default:
      throw scanner.stray(getter ? `${name}() takes nothing.` : `There is no res.${name}().`, at)
  }
}

function requestSource(scanner: ExpressionScanner): Source {
  const at = scanner.at
  const name = String(scanner.step() ?? '')
  if (!scanner.isCall()) {
    const fact = own(REQUEST_FACTS, name)
    if (fact) return fact
    throw scanner.stray(`Of a request there are req.method, req.url and req.headers.`, at)
  }
  const args = scanner.args()
  const getter = own(REQUEST_GETTERS, name)
  if (getter && args.length === 0) return getter
  if (name === 'getHeader') return scanner.begin({ kind: 'requestHeaders' }, [textOf(args[0], scanner, at)])
  throw scanner.stray(`There is no req.${name}().`, at)
}

function regexOf([first, second]: readonly Argument[], scanner: ExpressionScanner, at: number): Source {
  if (first?.kind === 'regex') return { kind: 'regex', pattern: first.pattern, flags: first.flags }
  const flags = second === undefined ? '' : textOf(second, scanner, at)
  return { kind: 'regex', pattern: textOf(first, scanner, at), flags }
}

function schemaOf(first: Argument | undefined, scanner: ExpressionScanner, at: number): Source {
  if (first?.kind === 'json') return { kind: 'schema', schema: { kind: 'inline', text: first.text } }
  const text = textOf(first, scanner, at)
  const isInline = text.trim().startsWith('{')
  return { kind: 'schema', schema: isInline ? { kind: 'inline', text } : { kind: 'file', path: text } }
}

function loosePathOf([first]: readonly Argument[], scanner: ExpressionScanner, at: number): ReturnType<typeof parseLoosePath> & object {
  const path = parseLoosePath(textOf(first, scanner, at))
  if (path) return path
  throw scanner.stray('This path is not understood: names, [0] and ..name.', at)
}

function textOf(argument: Argument | undefined, scanner: ExpressionScanner, at: number): string {
  if (argument?.kind === 'text') return argument.text
  throw scanner.stray('A text in quotes belongs in the brackets.', at)
}

function own(table: Readonly<Record<string, Source>>, name: string): Source | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
