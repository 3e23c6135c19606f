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
  /** The Cookie header, where no dictionary holds the cookies. */
  readonly header: string | null
}

/** The request's cookies and those that it inherits; none where they would not be sent. */
export function cookiesOf(source: CodeSource, rules: BehaviourRules, hasSession: boolean, script: Script): PythonCookies {
  const inherited = pairsOf(source.inherited.cookies)
  const own = pairsOf(source.form.cookies)
  const line = source.request.headers.find((header) => header.source === 'cookies')
  // By the rules of browsers nothing is sent beside a typed header, or where it is omitted; requests is told all the same.
  const isUnsent = line === undefined && rules.cookies === 'browser'
  const none = { session: null, own: null, header: null }
  if (isUnsent) return none
  if (rules.cookies === 'browser' && hasRepeated([...inherited, ...own])) return { ...none, header: line?.value ?? null }
  const code = (rows: readonly Pair[]): Python | null => {
    const last = [...new Map(rows)]
    return last.length === 0 ? null : dict(last.map(([name, value]) => [script.text(name), script.text(value)]))
  }
  return hasSession ? { ...none, session: code(inherited), own: code(own) } : { ...none, own: code([...inherited, ...own]) }
}

function pairsOf(rows: readonly Row[]): Pair[] {
  return rows
    .filter(({ enabled, omit, name, value }) => enabled && omit !== true && (name !== '' || value !== ''))
    .map(({ name, value }) => [name, value])
}
