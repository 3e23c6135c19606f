/**
 * A request as a Python script that sends it by requests: the very request that is prepared, as far as requests can send
 * it, in the words that its documentation has for it. What it cannot is said in the code and in the notes.
 *
 * @see https://requests.readthedocs.io/en/latest/api/ of requests 2.34
 */
import type { Code, CodeSource } from '../code-source.ts'
import { CHUNK_BYTES } from '../save-answer.ts'
import { authOf } from './auth.ts'
import { bodyOf } from './body.ts'
import type { PythonBody } from './body-parts.ts'
import { cookiesOf } from './cookies.ts'
import { headersOf } from './headers.ts'
import { functionOf, optionItems } from './options.ts'
import { argument, call, statement, type Item, type Python } from './python-layout.ts'
import { pythonString } from './python-text.ts'
import { createScript, type Script } from './script.ts'
import { needsSession, sessionSetup, type Statement } from './session.ts'
import { paramsCode, urlOf } from './url.ts'

export function generatePython(source: CodeSource): Code {
  const script = createScript(source.placeholders)
  if (source.request.isSocket) {
    saysNoSocket(script)
    return { text: script.comments(), notes: script.notes() }
  }
  const usesSession = needsSession(source)
  const { session, sending } = statementsOf(source, script, usesSession ? { variable: 'session', holdsRows: true } : null)
  const lines = usesSession ? `with requests.Session() as session:\n${laidOut(session, '    ')}${sending('    ')}` : sending('')
  return { text: script.around(`${lines}\n${endOf(source)}`), notes: script.notes() }
}

export function saysNoSocket(script: Script): void {
  script.lose('This request opens a WebSocket, which requests cannot; see the packages websockets and websocket-client.')
}

/** The session that a call is made by. */
export interface CallSession {
  readonly variable: string
  /** Whether it holds what stands around the request; else all of it is in the call. */
  readonly holdsRows: boolean
}

export interface RequestStatements {
  /** What sets the session up, besides making it. */
  readonly session: readonly Statement[]
  /** What sends the request, at some indentation; ends with a line break. */
  readonly sending: (indent: string) => string
}

/** The statements of one request. @param by null: the functions of requests */
export function statementsOf(source: CodeSource, script: Script, by: CallSession | null): RequestStatements {
  const { items, session, body } = partsOf(source, script, by)
  const { method } = source.request
  const name = functionOf(method)
  const sent = call(`${by?.variable ?? 'requests'}.${name ?? 'request'}`, [...(name === null ? [pythonString(method)] : []), ...items])
  const sends: Statement = source.saveTo === null ? ['response = ', sent] : ['with ', sent, ' as response:']
  const statements = [...(body.prepared ? [[`${body.prepared.name} = `, body.prepared.value] as const] : []), sends]
  return { session, sending: inFiles(body, statements, source.saveTo === null ? '' : savingLines(source.saveTo, body, script)) }
}

interface Parts {
  readonly items: readonly (Item | Python)[]
  readonly session: readonly Statement[]
  readonly body: PythonBody
}

function partsOf(source: CodeSource, script: Script, by: CallSession | null): Parts {
  const { rules } = source.request.policy
  const hasSession = by?.holdsRows === true
  const auth = authOf(source, rules, script)
  const cookies = cookiesOf(source, rules, hasSession, script)
  const url = urlOf({ source, hasSession, credentials: auth.query, withoutUserinfo: auth.withoutUserinfo }, script)
  const body = bodyOf({ source, rules, script })
  const added: (readonly [string, Python])[] = [
    ...(body.type === null ? [] : [['Content-Type', body.type] as const]),
    ...(cookies.header === null ? [] : [['Cookie', script.text(cookies.header)] as const]),
    ...auth.headers.map(([name, value]) => [name, script.text(value)] as const),
  ]
  const headers = headersOf({ source, rules, hasSession, added, withoutContentType: body.withoutTypedType }, script)
  const isSessionAuth = hasSession && source.session.givesAuth
  const items = [
    url.url,
    ...optional('params', url.params.length === 0 ? null : paramsCode(url.params, script)),
    ...optional('headers', headers.own),
    ...optional('cookies', cookies.own),
    ...body.items,
    ...optional('auth', isSessionAuth ? null : auth.auth),
    ...optionItems(source, script),
  ]
  if (by === null) return { items, session: [], body }
  const { variable } = by
  const session: Statement[] = [
    ...(headers.session === null ? [] : [['', call(`${variable}.headers.update`, [headers.session])] as const]),
    ...(url.sessionParams.length === 0 ? [] : [[`${variable}.params = `, paramsCode(url.sessionParams, script)] as const]),
    ...(cookies.session === null ? [] : [['', call(`${variable}.cookies.update`, [cookies.session])] as const]),
    ...(isSessionAuth && auth.auth !== null ? [[`${variable}.auth = `, auth.auth] as const] : []),
    ...sessionSetup(source, script, variable),
  ]
  return { items, session, body }
}

function optional(name: string, value: Python | null): Item[] {
  return value === null ? [] : [argument(name, value)]
}

/** The statements, with the files open that they read from, at some indentation. @param block lines of what the last of them opens */
function inFiles({ files }: PythonBody, statements: readonly Statement[], block: string): (indent: string) => string {
  const opened = files.map(({ name, path }) => `open(${path}, "rb") as ${name}`)
  return (indent) => {
    let inner = indent
    let lines = ''
    for (const one of opened) {
      lines += `${inner}with ${one}:\n`
      inner += '    '
    }
    return lines + laidOut(statements, inner) + block.replaceAll(/^(?=.)/gm, `${inner}    `)
  }
}

export function laidOut(statements: readonly Statement[], indent: string): string {
  return statements.map(([before, value, after]) => `${statement(before, value, indent, after)}\n`).join('')
}

/** Writes the answer to a file in pieces; a status of 400 or more is an error, and leaves no file. */
function savingLines(path: string, { files }: PythonBody, script: Script): string {
  const name = files.some((file) => file.name === 'file') ? 'saved' : 'file'
  return [
    'response.raise_for_status()',
    `with open(${script.text(path)}, "wb") as ${name}:`,
    `    for chunk in response.iter_content(chunk_size=${CHUNK_BYTES / 1024} * 1024):`,
    `        ${name}.write(chunk)`,
    '',
  ].join('\n')
}

/** What is done with the answer. */
export function endOf({ request, form, saveTo }: CodeSource): string {
  if (saveTo !== null) return 'print(response.status_code)\n'
  const { encoding } = form.options
  const lines = [
    ...(form.raiseForStatus === true ? ['response.raise_for_status()'] : []),
    ...(encoding === undefined || encoding.trim() === '' ? [] : [`response.encoding = ${pythonString(encoding.trim())}`]),
    'print(response.status_code)',
    request.method === 'HEAD' ? 'print(response.headers)' : 'print(response.text)',
  ]
  return `${lines.join('\n')}\n`
}
