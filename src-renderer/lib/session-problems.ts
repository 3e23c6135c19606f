/** A session that says nothing yet, and what is wrong with a session's name as it is typed. Pure. */
import type { Session } from '#contract/model/session.ts'
import { t } from './t.ts'

export const EMPTY_SESSION: Omit<Session, 'name'> = {
  headers: [],
  params: [],
  cookies: [],
  auth: { kind: 'none' },
  options: {},
  adapters: [],
}

/** Why the name cannot be; null: it can. */
export function sessionNameProblem(name: string, others: readonly { readonly name: string }[]): string | null {
  const trimmed = name.trim()
  if (trimmed === '') return t`The name is empty.`
  return others.some((other) => other.name === trimmed) ? t`There is a session ${trimmed} already.` : null
}
