/** Names of sessions and environments that come to a collection which may have some of the same names: new ones, where they clash. */
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import type { Session } from '#contract/model/session.ts'
import type { NewEnvironment, NewItem } from './additions.ts'

/** By the old name. */
export type Renamed = ReadonlyMap<string, string>

export interface FittedSessions {
  /** Those that are to be added. */
  readonly sessions: readonly Session[]
  readonly renamed: Renamed
}

/**
 * A session that is there already, as it is, is not added again.
 *
 * @param reserved names that none may have; the default session is everybody's, so nothing that comes later changes it
 */
export function fitSessions(
  added: readonly Session[],
  present: readonly Session[],
  reserved: readonly string[] = [DEFAULT_SESSION],
): FittedSessions {
  const taken = new Set([...reserved, ...present.map(({ name }) => name)])
  const renamed = new Map<string, string>()
  const sessions: Session[] = []
  for (const session of added) {
    const same = present.find((other) => JSON.stringify({ ...other, name: '' }) === JSON.stringify({ ...session, name: '' }))
    const name = same?.name ?? freeAmong(taken, session.name.trim() === '' ? 'session' : session.name)
    if (name !== session.name) renamed.set(session.name, name)
    if (same !== undefined) continue
    taken.add(name)
    sessions.push({ ...session, name })
  }
  return { sessions, renamed }
}

/** What names a session goes with it. */
export function withSessionNames(items: readonly NewItem[], renamed: Renamed): readonly NewItem[] {
  if (renamed.size === 0) return items
  return items.map((item): NewItem => {
    if (item.kind === 'request') return { ...item, document: { ...item.document, options: renamedIn(item.document.options, renamed) } }
    const defaults = { ...item.defaults, options: renamedIn(item.defaults.options, renamed) }
    return { ...item, defaults, items: withSessionNames(item.items, renamed) }
  })
}

export function renamedIn<O extends { readonly session?: string | undefined }>(options: O, renamed: Renamed): O {
  const name = options.session === undefined ? undefined : renamed.get(options.session)
  return name === undefined ? options : { ...options, session: name }
}

/** Environments under names that are free; what one takes over from another of them follows. */
export function fitEnvironments(added: readonly NewEnvironment[], present: readonly string[]): readonly NewEnvironment[] {
  const taken = new Set(present.map((name) => name.trim()))
  const renamed = new Map<string, string>()
  const named = added.map((one) => {
    const own = one.environment.name.trim()
    const name = freeAmong(taken, own === '' ? 'Environment' : own)
    taken.add(name)
    if (!renamed.has(one.environment.name)) renamed.set(one.environment.name, name)
    return { ...one, environment: { ...one.environment, name } }
  })
  return named.map((one) => {
    const above = one.environment.extends
    return { ...one, environment: { ...one.environment, extends: above === null ? null : (renamed.get(above) ?? above) } }
  })
}

function freeAmong(taken: ReadonlySet<string>, name: string): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} ${number}`
    if (!taken.has(candidate)) return candidate
  }
}
