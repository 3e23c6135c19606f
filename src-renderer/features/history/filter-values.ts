/** What the filters' fields say, as the history is asked: a status or a class of them, and days in local time. */
import type { HistoryFilter, HistoryStatus } from '#contract/model/history.ts'
import { t } from '../../lib/t.ts'

type StatusChoice = '' | Extract<HistoryStatus, string>

export const STATUS_CHOICES: readonly { readonly value: StatusChoice; readonly label: string }[] = [
  { value: '', label: t`Any status` },
  { value: '2xx', label: t`2xx success` },
  { value: '3xx', label: t`3xx redirect` },
  { value: '4xx', label: t`4xx client error` },
  { value: '5xx', label: t`5xx server error` },
  { value: '1xx', label: t`1xx interim` },
  { value: 'error', label: t`No answer` },
]

export function chosenStatus({ statuses }: HistoryFilter): StatusChoice {
  const first = statuses?.[0]
  return typeof first === 'string' ? first : ''
}

export function statusesOf(choice: StatusChoice): HistoryStatus[] | undefined {
  return choice === '' ? undefined : [choice]
}

/** `2026-05-01` of a moment, in local time; a number of days later or earlier. */
export function dayOf(iso: string | undefined, shift = 0): string {
  if (iso === undefined) return ''
  const at = new Date(iso)
  at.setDate(at.getDate() + shift)
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}

/** The first moment of a day, in local time; undefined where no day is given. */
export function startOfDay(day: string): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return undefined
  return new Date(year, month - 1, date).toISOString()
}

/** The first moment of the day after. */
export function endOfDay(day: string): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return undefined
  return new Date(year, month - 1, date + 1).toISOString()
}
