/**
 * How long a kept connection may be idle. One that the server is about to close would take a request and lose it, so it is
 * given up a second sooner than the server said (`Keep-Alive: timeout`, RFC 2068 section 19.7.1.1).
 */
import { isNamed, type Wire } from './wire.ts'

/** Few servers close sooner. Over HTTP/2 a server says so before it goes. */
const USUAL_MS = 4_000
const LONGEST_SAID_MS = 60_000
const SOONER_MS = 1_000
/** A timer knows no longer time. */
const LONGEST_MS = 2 ** 31 - 1

/** @returns milliseconds that an answer lets its connection be idle; null where it says nothing */
export function keptMsBy(headers: readonly (readonly [name: string, value: string])[]): number | null {
  const said = headers.find(([name]) => isNamed(name, 'keep-alive'))?.[1]
  const seconds = said === undefined ? undefined : /(?:^|[,;\s])timeout\s*=\s*"?(\d{1,9})/i.exec(said)?.[1]
  return seconds === undefined ? null : Math.max(0, Math.min(Number(seconds) * 1000 - SOONER_MS, LONGEST_SAID_MS))
}

/**
 * @param chosenMs by the adapter; null: as is usual
 * @returns milliseconds; null: until the server closes it
 */
export function idleMsOf(wire: Pick<Wire, 'keptMs' | 'httpVersion'>, chosenMs: number | null): number | null {
  const said = wire.keptMs()
  if (said !== null) return Math.min(said, chosenMs ?? LONGEST_MS)
  if (chosenMs !== null) return Math.min(chosenMs, LONGEST_MS)
  return wire.httpVersion === '2' ? null : USUAL_MS
}
