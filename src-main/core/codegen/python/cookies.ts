/** `cookies=`, and the cookies of a session. */
import type { Row } from '#contract/model/request.ts'
import type { CodeSource } from '../code-source.ts'
import type { BehaviourRules } from '../../prepare/behaviour-rules.ts'
import { dict, type Python } from './python-layout.ts'
import type { Script } from './script.ts'
import { hasRepeated, type Pair } from './url.ts'

export interface PythonCookies {
  readonly session: Python | null
  readonly own: Python | null
  /** The Cookie header, where no dictionary holds the cookies, or requests would take escaped quotes out of them. */
  readonly header: string | null
}

/** The request's cookies, those that it inherits, and the jar's where they are to be in the code; none where they would not be sent. */
export function cookiesOf(source: CodeSource, rules: BehaviourRules, hasSession: boolean, script: Script): PythonCookies {
  const inherited = pairsOf(source.inherited.cookies)
  const own = pairsOf(source.form.cookies)
  const line = source.request.headers.find((header) => header.source === 'cookies')
  const none = { session: null, own: null, header: null }
  // By the rules of browsers nothing is sent beside a typed header, or where it is omitted; requests is told all the same.
  if (line === undefined && rules.cookies === 'browser') return none
  const sent = line === undefined ? [] : pairsOfLine(line.value)
  const isChanged = sent.some(([name, value]) => name === '' || (rules.cookies === 'browser' && /^".*\\".*"$/s.test(value)))
  if (line !== undefined && (hasRepeated(sent) || isChanged)) return { ...none, header: line.value }
  const known = new Set([...inherited, ...own].map(([name]) => name))
  const ofJar = sent.filter(([name]) => !known.has(name))
  const code = (rows: readonly Pair[]): Python | null => {
    const last = [...new Map(rows)]
    return last.length === 0 ? null : dict(last.map(([name, value]) => [script.text(name), script.text(value)]))
  }
  return hasSession
    ? { ...none, session: code(inherited), own: code([...ofJar, ...own]) }
    : { ...none, own: code([...ofJar, ...inherited, ...own]) }
}

/** A Cookie line's pairs. What it is made of holds no semicolon. */
function pairsOfLine(value: string): Pair[] {
  return value.split('; ').map((pair): Pair => {
    const equals = pair.indexOf('=')
    return equals < 0 ? ['', pair] : [pair.slice(0, equals), pair.slice(equals + 1)]
  })
}

function pairsOf(rows: readonly Row[]): Pair[] {
  return rows
    .filter(({ enabled, omit, name, value }) => enabled && omit !== true && (name !== '' || value !== ''))
    .map(({ name, value }) => [name, value])
}
