/** What the value of one header says, where it is written for machines: dates and seconds in words, sizes, moments. */
import { formatBytes } from '../../lib/format-bytes.ts'
import { exactTime } from '../../lib/time-words.ts'
import { momentInWords, spanInWords } from '../../lib/span-words.ts'
import { httpDate } from './http-date.ts'
import { resetSeconds, retryAfterSeconds } from './rate-hints.ts'
import { listed } from '../../lib/listed.ts'
import { t } from '../../lib/t.ts'

/** A clock that is off by less is no news. */
const CLOCK_OFF_MS = 5000
/** Sizes below it are read as easily in bytes. */
const LEAST_SIZE = 1024

type Reader = (value: string, at: number) => string | null

const OF_DATES: Reader = (value, at) => {
  const date = httpDate(value)
  return date === null ? null : listed([momentInWords(date, at), exactTime(new Date(date))])
}

const OF_MAX_AGE: Reader = (value) => {
  const seconds = /(?:^|[\s;,])max-age\s*=\s*"?(\d+)/i.exec(value)?.[1]
  if (seconds === undefined) return null
  return seconds === '0' ? t`no longer` : t`for ${spanInWords(Number(seconds))}`
}

const OF_SECONDS: Reader = (value) => (/^\d+$/.test(value.trim()) && Number(value) >= 60 ? spanInWords(Number(value)) : null)

const OF_SIZES: Reader = (value) => (/^\d+$/.test(value.trim()) && Number(value) >= LEAST_SIZE ? formatBytes(Number(value)) : null)

const READERS: Readonly<Record<string, Reader>> = {
  date: clockNote,
  expires: (value, at) => (httpDate(value) === null ? t`already past: it is no date` : OF_DATES(value, at)),
  'last-modified': OF_DATES,
  sunset: OF_DATES,
  deprecation: (value, at) => {
    const seconds = /^@(-?\d+)$/.exec(value.trim())?.[1]
    return seconds === undefined ? OF_DATES(value, at) : momentNote(Number(seconds) * 1000, at)
  },
  'retry-after': (value, at) => {
    const seconds = retryAfterSeconds(value, at)
    return seconds === null ? null : momentNote(at + Math.ceil(seconds) * 1000, at)
  },
  age: OF_SECONDS,
  'access-control-max-age': OF_SECONDS,
  'content-length': OF_SIZES,
  'strict-transport-security': OF_MAX_AGE,
  'keep-alive': (value) => {
    const seconds = /timeout\s*=\s*(\d+)/i.exec(value)?.[1]
    return seconds === undefined ? null : t`closed after ${spanInWords(Number(seconds))} without a request`
  },
  etag: (value) => (value.trim().startsWith('W/') ? t`weak: the same in meaning, perhaps not byte by byte` : null),
}

/**
 * What a value says in words; null where it says it itself.
 *
 * @param at when the answer came, in milliseconds since the epoch: what "in 23 s" counts from
 */
export function headerNote(name: string, value: string, at: number): string | null {
  const key = name.toLowerCase()
  if (/rate-?limit.*reset/.test(key)) {
    const seconds = resetSeconds(value, at)
    return seconds === null ? null : momentNote(at + Math.ceil(seconds) * 1000, at)
  }
  return Object.hasOwn(READERS, key) ? (READERS[key]?.(value, at) ?? null) : null
}

/** Whose clock is right nobody knows; that they differ explains many a cookie and a token. */
function clockNote(value: string, at: number): string | null {
  const date = httpDate(value)
  if (date === null) return null
  const off = date - at
  if (Math.abs(off) < CLOCK_OFF_MS) return exactTime(new Date(date))
  return t`${exactTime(new Date(date))}: the server’s clock is ${spanInWords(Math.abs(off) / 1000)} ${off > 0 ? t`ahead of` : t`behind`} this one`
}

function momentNote(moment: number, at: number): string {
  return listed([momentInWords(moment, at), exactTime(new Date(moment))])
}
