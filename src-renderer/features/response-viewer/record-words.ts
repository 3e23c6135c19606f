/** What is said of the records of a stream: their times, how many there are, what ends them. */
import type { StreamKind } from '#contract/model/record.ts'
import { assertNever } from '#contract/result.ts'
import { listedWithAnd } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

/** Milliseconds from the beginning of the request as `0.123 s`, `12.000 s` or `1:02.500`. */
export function arrivalText(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 60) return `${formatNumber(seconds, 3)} s`
  const whole = Math.floor(ms / 60_000)
  const rest = ((ms - whole * 60_000) / 1000).toFixed(3).padStart(6, '0')
  if (whole < 60) return `${whole}:${rest}`
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}:${rest}`
}

const NOUNS: Readonly<Record<StreamKind, readonly [one: string, many: string]>> = {
  sse: [t`event`, t`events`],
  ndjson: [t`row`, t`rows`],
  seq: [t`row`, t`rows`],
  socket: [t`message`, t`messages`],
}

/** `1,234 events`; with a filter, `12 of 1,234 events`. */
export function countText(kind: StreamKind, total: number, matched: number | null): string {
  const words = counted(kind, total)
  return matched === null ? words : t`${formatNumber(matched)} of ${words}`
}

/** Whole phrases: other languages have a word between a number and what it counts. */
function counted(kind: StreamKind, total: number): string {
  const count = formatNumber(total)
  switch (kind) {
    case 'sse':
      return total === 1 ? t`1 event` : t`${count} events`
    case 'ndjson':
    case 'seq':
      return total === 1 ? t`1 row` : t`${count} rows`
    case 'socket':
      return total === 1 ? t`1 message` : t`${count} messages`
    default:
      return assertNever(kind)
  }
}

/** What the records are called: `Events`. */
export function titleOf(kind: StreamKind): string {
  return capitalised(NOUNS[kind][1])
}

/** What one of them is called in a sentence: `event`. */
export function oneOf(kind: StreamKind): string {
  return NOUNS[kind][0]
}

/** What one of them is called: `Event 1,204`. */
export function nameOf(kind: StreamKind, number: number): string {
  return `${capitalised(NOUNS[kind][0])} ${formatNumber(number + 1)}`
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

const DIRECTIONS: Readonly<Record<string, string>> = { sent: t`sent`, received: t`received`, broken: t`broken` }
const FRAMES: Readonly<Record<string, string>> = { binary: t`binary`, close: t`close` }

/** Which way a message of a WebSocket went, and what it was if it was no text: `sent binary`. Pings keep their name. */
export function directionText(event: string): string {
  const [way = '', frame = ''] = event.split(' ')
  return [DIRECTIONS[way] ?? way, FRAMES[frame] ?? frame].filter(Boolean).join(' ')
}

/** What will end a stream by itself, in a sentence; null where nothing does. */
export function limitText(limits: { readonly read: number | null; readonly total: number | null }): string | null {
  const { read, total } = limits
  const parts = [
    ...(read === null ? [] : [t`after ${secondsText(read)} of silence (read timeout)`]),
    ...(total === null ? [] : [t`${secondsText(total)} after Send (total timeout)`]),
  ]
  return parts.length === 0 ? null : t`Ends ${listedWithAnd(parts)}; Options change that.`
}

function secondsText(ms: number): string {
  return `${ms / 1000} s`
}
