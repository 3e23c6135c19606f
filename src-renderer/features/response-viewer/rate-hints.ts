/**
 * What headers say of limits on requests: how many are left, and when they start anew. Every API has its own names for
 * that; those of the RFC drafts, of GitHub, OpenAI, Anthropic, Kong and many others are of one shape, which is what is read.
 *
 * @see draft-ietf-httpapi-ratelimit-headers, versions 03, 07 and 10
 */
import type { HeaderList } from '#contract/model/exchange.ts'
import { spanInWords } from '../../lib/span-words.ts'
import { httpDate } from './http-date.ts'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export interface RateLimit {
  /** What is counted, such as `requests`; empty where there is only one count. */
  readonly name: string
  readonly limit: number | null
  readonly remaining: number | null
  /** Seconds from the answer until it starts anew. */
  readonly resetSeconds: number | null
}

/** Above it a number of seconds is a moment: 2001, or three decades of waiting. */
const LEAST_EPOCH_SECONDS = 1e9
const LEAST_EPOCH_MS = 1e12

const FIELD = /^(?:x-)?(?:[a-z]+-)?rate-?limit-(.+)$/
const ROLES: readonly string[] = ['limit', 'remaining', 'reset', 'used']

/** The limits that the headers tell of. @param at when the answer came, in milliseconds since the epoch */
export function rateLimits(headers: HeaderList, at: number): readonly RateLimit[] {
  const structured = structuredLimits(headers)
  return structured.length > 0 ? structured : countedLimits(headers, at)
}

/** `57 of 60 left, resets in 23 s`. */
export function rateLimitInWords({ name, limit, remaining, resetSeconds }: RateLimit): string {
  const count =
    remaining === null
      ? t`at most ${number(limit ?? 0)}`
      : limit === null
        ? t`${number(remaining)} left`
        : t`${number(remaining)} of ${number(limit)} left`
  const reset =
    resetSeconds === null ? '' : resetSeconds <= 0 ? t`, has just been reset` : t`, resets in ${spanInWords(Math.ceil(resetSeconds))}`
  return `${name === '' ? '' : `${name}: `}${count}${reset}`
}

/** Seconds from the answer until a request is welcome again, by Retry-After; null where it says nothing. */
export function retryAfterSeconds(value: string, at: number): number | null {
  if (/^\d+$/.test(value.trim())) return Number(value)
  const date = httpDate(value)
  return date === null ? null : Math.max(0, (date - at) / 1000)
}

/**
 * Seconds until a limit starts anew, from what APIs write: seconds from now, a moment in seconds or milliseconds since the
 * epoch, `1m30s`, `120ms`, or a date.
 */
export function resetSeconds(value: string, at: number): number | null {
  const text = value.trim()
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const figure = Number(text)
    if (figure >= LEAST_EPOCH_MS) return (figure - at) / 1000
    return figure >= LEAST_EPOCH_SECONDS ? figure - at / 1000 : figure
  }
  const span = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/.exec(text)
  if (text !== '' && span) {
    const [, hours = 0, minutes = 0, seconds = 0, ms = 0] = span
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(ms) / 1000
  }
  const date = httpDate(text) ?? (/^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : NaN)
  return Number.isNaN(date) ? null : (date - at) / 1000
}

/** `RateLimit: "default";r=50;t=30` with its policy, or `RateLimit: limit=100, remaining=50, reset=30`. */
function structuredLimits(headers: HeaderList): readonly RateLimit[] {
  const text = valuesOf(headers, 'ratelimit')
  if (text === '') return []
  if (/\bremaining\s*=/.test(text)) {
    const figure = (key: string): number | null => numberAfter(text, key)
    return [{ name: '', limit: figure('limit'), remaining: figure('remaining'), resetSeconds: figure('reset') }]
  }
  const policies = itemsOf(valuesOf(headers, 'ratelimit-policy'))
  const items = itemsOf(text)
  return items.map(({ name, params }) => ({
    name: items.length > 1 ? name : '',
    limit: numberAfter(policies.find((policy) => policy.name === name)?.params ?? '', 'q'),
    remaining: numberAfter(params, 'r'),
    resetSeconds: numberAfter(params, 't'),
  }))
}

/** One header to each figure: `X-RateLimit-Remaining`, `x-ratelimit-remaining-tokens`, `anthropic-ratelimit-tokens-remaining`. */
function countedLimits(headers: HeaderList, at: number): readonly RateLimit[] {
  const found = new Map<string, Map<string, string>>()
  for (const [header, value] of headers) {
    const words = FIELD.exec(header.toLowerCase())?.[1]?.split('-') ?? []
    const role = words.find((word) => ROLES.includes(word))
    if (role === undefined) continue
    const name = words.filter((word) => word !== role).join(' ')
    const figures = found.get(name) ?? new Map<string, string>()
    if (!figures.has(role)) figures.set(role, value)
    found.set(name, figures)
  }
  return [...found].flatMap(([name, figures]) => {
    const limit = leadingNumber(figures.get('limit'))
    const used = leadingNumber(figures.get('used'))
    const remaining = leadingNumber(figures.get('remaining')) ?? (limit !== null && used !== null ? limit - used : null)
    if (limit === null && remaining === null) return []
    const reset = figures.get('reset')
    return [{ name, limit, remaining, resetSeconds: reset === undefined ? null : resetSeconds(reset, at) }]
  })
}

/** Items of a structured list with their parameters as text: commas and semicolons inside quotes are no separators. */
function itemsOf(text: string): readonly { readonly name: string; readonly params: string }[] {
  const items = text.match(/(?:"[^"]*"|[^",])+/g) ?? []
  return items.flatMap((item) => {
    const name = /^\s*(?:"([^"]*)"|([^\s;"]+))/.exec(item)
    return name ? [{ name: name[1] ?? name[2] ?? '', params: item.slice(name[0].length) }] : []
  })
}

function numberAfter(text: string, key: string): number | null {
  const found = new RegExp(`(?:^|[;,\\s])${key}\\s*=\\s*"?(\\d+)`).exec(text)?.[1]
  return found === undefined ? null : Number(found)
}

/** The limit of version 03 may have its policy behind it: `100, 100;w=60`. */
function leadingNumber(value: string | undefined): number | null {
  const found = /^\s*(\d+)/.exec(value ?? '')?.[1]
  return found === undefined ? null : Number(found)
}

function valuesOf(headers: HeaderList, name: string): string {
  return headers.flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : [])).join(', ')
}

function number(value: number): string {
  return formatNumber(value)
}
