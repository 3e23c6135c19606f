import { describe, expect, test } from 'vitest'
import type { RunRow } from '../../../../src-main/contract/model/run.ts'
import { PAGE, RunRows, type RowsRead } from '../../../../src-renderer/features/runner/run-rows.ts'

function row(index: number): RunRow {
  return {
    index,
    item: 0,
    iteration: index + 1,
    name: `r${index}`,
    method: 'GET',
    url: 'http://x/',
    status: 200,
    reason: 'OK',
    startedAt: 0,
    durationMs: 1,
    bytes: 0,
    outcome: 'passed',
    checksPassed: 0,
    checksFailed: 0,
    retries: 0,
    problem: null,
  }
}

/** Rows of a run that has got so far; what was asked of it. */
function run(initial: number) {
  const state = { total: initial, asked: [] as number[] }
  const read = async (offset: number, limit: number): Promise<RowsRead> => {
    state.asked.push(offset)
    await Promise.resolve()
    const count = Math.max(0, Math.min(limit, state.total - offset))
    return { rows: Array.from({ length: count }, (_, index) => row(offset + index)), total: state.total }
  }
  return { state, rows: new RunRows(read) }
}

describe('rows of a run', () => {
  test('are read by the page, those in sight only', async () => {
    const { state, rows } = run(100_000)

    rows.want(50_000, 50_030)
    await expect.poll(() => rows.at(50_010)?.name).toBe('r50010')

    expect(state.asked).toEqual([50_000])
    expect(rows.total).toBe(100_000)
    expect(rows.at(0)).toBeUndefined()
  })

  test('that come in while others are read are there too', async () => {
    const { state, rows } = run(5)
    rows.want(0, 10)

    state.total = 20
    rows.grow()

    await expect.poll(() => rows.at(19)?.name).toBe('r19')
    expect(state.asked).toEqual([0, 0])
  })

  test('that come in are there once it grows; a full page is not read again', async () => {
    const { state, rows } = run(PAGE + 10)
    rows.want(90, 105)
    await expect.poll(() => rows.at(105)).toBeDefined()
    state.asked.length = 0

    state.total = PAGE + 30
    rows.grow()

    await expect.poll(() => rows.at(PAGE + 29)?.name).toBe(`r${PAGE + 29}`)
    expect(state.asked).toEqual([PAGE])
    expect(rows.total).toBe(PAGE + 30)
  })

  test('out of sight tell their number all the same when they come', async () => {
    const { state, rows } = run(PAGE)
    rows.want(0, 20)
    await expect.poll(() => rows.at(20)).toBeDefined()

    state.total = 5 * PAGE
    rows.grow()

    await expect.poll(() => rows.total).toBe(5 * PAGE)
  })

  test('scrolled past are given up before they are here', async () => {
    const signals: AbortSignal[] = []
    const rows = new RunRows((_offset, _limit, signal) => {
      signals.push(signal)
      return new Promise(() => undefined)
    })

    rows.want(0, 10)
    rows.want(5000, 5010)

    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    rows.close()
    expect(signals.every(({ aborted }) => aborted)).toBe(true)
  })

  test('are kept as far as one may have scrolled lately, not all', async () => {
    const { state, rows } = run(100_000)
    for (let page = 0; page < 60; page += 1) {
      rows.want(page * PAGE, page * PAGE + 5)
      await expect.poll(() => rows.at(page * PAGE)).toBeDefined()
    }
    state.asked.length = 0

    rows.want(59 * PAGE, 59 * PAGE + 5)
    rows.want(0, 5)

    expect(rows.at(59 * PAGE)).toBeDefined()
    expect(state.asked).toEqual([0])
  })
})
