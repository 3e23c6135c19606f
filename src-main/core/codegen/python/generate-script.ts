/**
 * Requests as one Python script, in their order. Those of a session share it, and with it cookies and connections; what is
 * captured from an answer is a variable of the script.
 */
import type { AnswerValue } from '../../checks/answer-value.ts'
import type { CodeSource } from '../code-source.ts'
import type { Placeholders } from '../placeholders.ts'
import { commentText, type ScriptCapture, type ScriptCode, type ScriptNote, type ScriptRequest } from '../script-request.ts'
import { endOf, laidOut, saysNoSocket, statementsOf, type CallSession } from './generate.ts'
import { pythonString, pythonText } from './python-text.ts'
import { commentLines, createHead, createScript, headCode, type Script } from './script.ts'

interface Made extends CallSession {
  /** Statements that make it and set it up. */
  readonly setup: string
}

export function generatePythonScript(requests: readonly ScriptRequest[], placeholders: Placeholders): ScriptCode {
  const head = createHead()
  const notes: ScriptNote[] = []
  const sessions = sessionsOf(requests, placeholders)
  const begun = new Set<string>()
  const sections = requests.map(({ title, source, why, captures }, index) => {
    const name = commentLines(commentText(title))
    if (source === null) return `${name}${commentLines(`It is not in the code: ${commentText(why)}`)}`
    const script = createScript(placeholders, head)
    const said = (): void => void notes.push(...script.notes().map((note) => ({ ...note, where: title })))
    const session = sessions[index]
    if (source.request.isSocket || !session) {
      saysNoSocket(script)
      said()
      return `${name}${script.comments()}`
    }
    const { session: statements, sending } = statementsOf(source, script, session)
    const isFirst = !begun.has(session.variable)
    begun.add(session.variable)
    const setup = isFirst ? `${session.setup}${laidOut(statements, '')}\n` : ''
    const taken = captures.map((capture) => captureLine(capture, script, placeholders)).join('')
    said()
    return `${setup}${name}${script.block(`${sending('')}${endOf(source)}${taken}`)}`
  })
  return { text: `${headCode(head)}${sections.join('\n')}`, notes }
}

/**
 * The session of each request. Where all that share one have the same around them, that stands in the session; otherwise it
 * stands in the calls, and there is a session for each way of setting one up, all with the same cookies.
 */
function sessionsOf(requests: readonly ScriptRequest[], placeholders: Placeholders): readonly (Made | null)[] {
  const names = new Set<string>()
  const made = new Map<string, Made>()
  const sent = requests.filter(({ source }) => source !== null && !source.request.isSocket)
  const isShared = new Map(
    [...Map.groupBy(sent, ({ session }) => session)].map(([session, group]) => {
      return [session, new Set(group.map(({ source }) => source && setupText(source, placeholders, true))).size === 1] as const
    }),
  )
  return requests.map(({ source, session }) => {
    if (source === null || source.request.isSocket) return null
    const holdsRows = isShared.get(session) === true
    const key = JSON.stringify([session, setupText(source, placeholders, holdsRows)])
    const known = made.get(key)
    if (known) return known
    const first = [...made.entries()].find(([other]) => (JSON.parse(other) as string[])[0] === session)?.[1]
    const variable = freeName(isShared.size === 1 ? 'session' : sessionName(session), names)
    names.add(variable)
    const own: Made = {
      variable,
      holdsRows,
      setup: `${variable} = requests.Session()\n${first ? `${variable}.cookies = ${first.variable}.cookies\n` : ''}`,
    }
    made.set(key, own)
    return own
  })
}

/** How a session would be set up for a request. What it says and imports on the way counts for nothing. */
function setupText(source: CodeSource, placeholders: Placeholders, holdsRows: boolean): string {
  const scratch = createScript(placeholders)
  return laidOut(statementsOf(source, scratch, { variable: 'session', holdsRows }).session, '')
}

function sessionName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return plain === '' || plain === 'default' ? 'session' : `session_${plain}`
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}_${number}`
    if (!taken.has(name)) return name
  }
}

function captureLine({ variable, value }: ScriptCapture, script: Script, placeholders: Placeholders): string {
  const [part] = placeholders.parts(variable)
  if (part === undefined || typeof part === 'string') return ''
  return `${pythonText(script.environ(variable))} = ${answerCode(value)}\n`
}

/** What is looked at, as a text. */
function answerCode(value: AnswerValue): string {
  switch (value.kind) {
    case 'status':
      return 'str(response.status_code)'
    case 'statusText':
      return 'response.reason'
    case 'url':
      return 'response.url'
    case 'ok':
      return 'str(response.ok).lower()'
    case 'responseTime':
      return 'str(round(response.elapsed.total_seconds() * 1000))'
    case 'size':
      return 'str(len(response.content))'
    case 'text':
      return 'response.text'
    case 'header':
      return `response.headers[${pythonString(value.name)}]`
    case 'cookie':
      return `response.cookies[${pythonString(value.name)}]`
    case 'body':
      if (value.steps.length === 0) return 'response.text'
      return `str(response.json()${value.steps.map((step) => `[${typeof step === 'number' ? step : pythonString(step)}]`).join('')})`
  }
}
