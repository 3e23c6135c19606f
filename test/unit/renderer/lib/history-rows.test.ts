import { describe, expect, test } from 'vitest'
import type { HistoryEntry } from '#contract/model/history.ts'
import { createHistoryRows, dayLabel, outcomeOf } from '../../../../src-renderer/lib/history-rows.ts'
import { row } from '../../../support/history-kit.ts'

const NOW = new Date(2026, 4, 10, 12)

function entry(at: Date, totalMs = 10): HistoryEntry {
  return { ...row({ startedAt: at.toISOString(), totalMs }).entry, pinned: false }
}

describe('rows of the history', () => {
  test('stand under the day they ended on, each day once', () => {
    const rows = createHistoryRows()(
      [
        entry(new Date(2026, 4, 10, 9)),
        entry(new Date(2026, 4, 9, 23, 59, 59), 5000),
        entry(new Date(2026, 4, 9, 8)),
        entry(new Date(2026, 4, 1)),
      ],
      NOW,
    )

    expect(rows.map((each) => (each.kind === 'day' ? each.label : 'entry'))).toEqual([
      'Today',
      'entry',
      'entry',
      'Yesterday',
      'entry',
      'Fri, 1 May 2026',
      'entry',
    ])
  })

  test('of entries that were there stay as they are when more come at the end, and are made anew where another comes first', () => {
    const rowsOf = createHistoryRows()
    const on = (day: number): HistoryEntry => entry(new Date(2026, 4, day, 8))
    const [newest, first, second, third] = [on(10), on(9), on(9), on(1)]
    const before = rowsOf([first, second], NOW)

    const more = rowsOf([first, second, third], NOW)
    const anew = rowsOf([newest, first, second, third], NOW)

    expect(more.slice(0, 3).every((one, at) => one === before[at])).toBe(true)
    expect(more).toEqual(createHistoryRows()([first, second, third], NOW))
    expect(anew).toEqual(createHistoryRows()([newest, first, second, third], NOW))
  })

  test('are of yesterday up to midnight, whatever the hour', () => {
    expect([dayLabel(new Date(2026, 4, 9, 23, 59), NOW), dayLabel(new Date(2026, 4, 8, 23, 59), NOW)]).toEqual([
      'Yesterday',
      'Fri, 8 May 2026',
    ])
  })

  test.each([
    [200, null, '200'],
    [200, 'ReadTimeout', 'ReadTimeout'],
    [null, null, 'no answer'],
  ] as const)('say what came of them: %s, %s', (status, error, words) => {
    expect(outcomeOf({ status, error })).toBe(words)
  })
})
