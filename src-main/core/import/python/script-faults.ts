/** Says in words what is wrong with a text that is no Python, where, and what to write instead. */
import type { Tree } from '@lezer/common'
import { CoreError } from '../../lib/core-error.ts'
import type { SourceFile } from '../import-source.ts'
import type { Machine } from './machine.ts'
import { isClosed } from './read-strings.ts'
import type { Statement } from './syntax.ts'
import { bracketFault, closingOf, endOfLine, tokensOf } from './tokens.ts'

interface Fault {
  readonly at: number
  readonly message: string
  readonly hint?: string
}

/** Where the first error of the grammar is; -1 where there is none. */
export function firstError(tree: Tree, text: string): number {
  let first = -1
  tree.iterate({
    enter: (node) => {
      if (first >= 0) return false
      if (node.type.isError || (/^(?:Format)?String$/.test(node.name) && !isClosed(node.node, text))) first = node.from
      return first < 0
    },
  })
  return first
}

/** @throws {CoreError} `Unreadable`, always */
export function refuse(text: string, error: number, file: SourceFile): never {
  const { at, message, hint } = faultOf(text, error)
  const line = text.slice(0, at).split('\n').length
  const column = at - text.lastIndexOf('\n', at - 1)
  throw new CoreError('Unreadable', 'resolve', `Line ${line}, column ${column}: ${message}`, {
    ...(hint !== undefined && { hint }),
    details: { file: file.name, line, column },
  })
}

function faultOf(text: string, error: number): Fault {
  const tokens = tokensOf(text)
  const open = tokens.find((token) => !token.isClosed)
  if (open && open.from <= error + 1) {
    const mark = text.charAt(open.from).match(/["']/)
      ? text.charAt(open.from)
      : (/["']/.exec(text.slice(open.from, open.from + 3))?.[0] ?? '"')
    return { at: open.from, message: `The text that begins here is never closed: write ${mark} at its end.` }
  }
  const colon = missingColon(text, error)
  if (colon) return colon
  const bracket = bracketFault(text, tokens)
  if (bracket?.kind === 'unclosed' && bracket.open.at <= error) {
    const { at, sign } = bracket.open
    return { at, message: `The ${sign} that opens here is never closed: write ${closingOf(sign)} at the end of what it holds.` }
  }
  if (bracket?.kind === 'crossed') {
    return {
      at: bracket.close.at,
      message: `This ${bracket.close.sign} does not close the ${bracket.open.sign} before it: write ${closingOf(bracket.open.sign)} first.`,
    }
  }
  if (bracket?.kind === 'unopened') return { at: bracket.close.at, message: `This ${bracket.close.sign} closes nothing: take it out.` }
  return plainFault(text, error)
}

const HEAD = /^\s*(?:async\s+)?(if|elif|else|for|while|def|class|with|try|except|finally)\b/

function missingColon(text: string, error: number): Fault | null {
  const start = text.lastIndexOf('\n', error - 1) + 1
  for (const from of [start, text.lastIndexOf('\n', start - 2) + 1]) {
    const end = endOfLine(text, from)
    const line = text.slice(from, end).replace(/#.*$/, '').trimEnd()
    const word = HEAD.exec(line)?.[1]
    if (word === undefined || line.endsWith(':') || /:\s*\S/.test(line) || /[,([{\\]$/.test(line)) continue
    return { at: from + line.length, message: `A colon is missing at the end of the line: write : after this \`${word}\`.` }
  }
  return null
}

function plainFault(text: string, error: number): Fault {
  const from = text.lastIndexOf('\n', error - 1) + 1
  const line = text.slice(from, endOfLine(text, error)).trim()
  const at = line === '' ? error : Math.max(error, from + (text.slice(from).length - text.slice(from).trimStart().length))
  const shown = line.slice(0, 60)
  if (/^(?:curl|wget|http|https)\s/.test(line))
    return { at, message: 'This is a command line, no Python.', hint: 'Import it as cURL, wget or HTTPie.' }
  if (/^(?:const|let|var|function)\s|=>|;\s*$/.test(line))
    return { at, message: `This is no Python: \`${shown}\`.`, hint: 'It looks like JavaScript: import it as a fetch call.' }
  if (/^\s/.test(text.slice(from)) || /:\s*$/.test(text.slice(0, from).trimEnd())) {
    return {
      at,
      message: `The line does not fit where it stands: \`${shown}\`.`,
      hint: 'Indent the lines of a block by four spaces each, and no others.',
    }
  }
  return { at, message: `This is no Python: \`${shown}\`.`, hint: 'Correct the line, or take it out; lines of plain text begin with #.' }
}

const OTHERS: Readonly<Record<string, string>> = {
  httpx: 'httpx',
  aiohttp: 'aiohttp',
  urllib3: 'urllib3',
  'urllib.request': 'urllib.request',
  urllib2: 'urllib2',
  'http.client': 'http.client',
  pycurl: 'pycurl',
  selenium: 'Selenium',
}

/** @throws {CoreError} `Unreadable` where a script sends nothing by requests */
export function checkMakesRequests(machine: Machine, statements: readonly Statement[], file: SourceFile): void {
  if (machine.requests.length > 0) return
  if (machine.isCutShort) {
    throw new CoreError('TooLarge', 'resolve', 'The script makes more steps than are followed, and no request until then.', {
      hint: 'Import the part of it that sends.',
      details: { file: file.name },
    })
  }
  const names = statements.flatMap((one) => (one.kind === 'import' ? one.names.map(({ path }) => path) : []))
  const other = Object.keys(OTHERS).find((name) => names.some((path) => path === name || path.startsWith(`${name}.`)))
  const message =
    other === undefined
      ? 'The script sends nothing: no call such as requests.get("https://…") is in it.'
      : `The script sends by ${OTHERS[other] ?? other}, not by requests.`
  throw new CoreError('Unreadable', 'resolve', message, {
    hint: 'Scripts that call requests.get, requests.post and so on, or the same of a requests.Session, can be imported.',
    details: { file: file.name, line: 1, column: 1 },
  })
}
