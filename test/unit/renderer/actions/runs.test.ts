import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RunIdSchema, type RunCounts, type RunHead, type RunSummary } from '../../../../src-main/contract/model/run.ts'
import { failed, ok } from '../../../../src-main/contract/result.ts'
import { changePlan, comparePicked, pickRun, planRun, runProgressed, showRun, startRun } from '../../../../src-renderer/actions/runs.ts'
import { followRuns, rereadRuns } from '../../../../src-renderer/actions/run-list.ts'
import { useAppStore } from '../../../../src-renderer/stores/app-store.ts'
import { usePageStore } from '../../../../src-renderer/stores/page-store.ts'
import { useRunsStore } from '../../../../src-renderer/stores/runs-store.ts'
import type { FakePlatform } from '../../../support/fake-platform.ts'
import { collectionId, errorOf, freshWindow, nodeId } from '../../../support/renderer-kit.ts'

const RUN = RunIdSchema.parse('run-000001')
const OTHER = RunIdSchema.parse('run-000002')
const SUBJECT = { kind: 'place', parent: { collectionId: collectionId('c'), folderId: null }, name: 'Shop' } as const
let platform: FakePlatform

function counts(done: number, change: Partial<RunCounts> = {}): RunCounts {
  return {
    planned: 10,
    done,
    passed: done,
    failed: 0,
    errors: 0,
    skipped: 0,
    iterations: 1,
    iterationsDone: 0,
    checksPassed: 0,
    checksFailed: 0,
    bytes: 0,
    ...change,
  }
}

function head(id: typeof RUN, startedAt: string): RunHead {
  return {
    id,
    name: 'Shop',
    collectionId: null,
    place: 'Shop',
    startedAt,
    elapsedMs: 1,
    state: 'finished',
    environment: null,
    session: null,
    data: null,
    parallel: 1,
    counts: counts(10),
    error: null,
  }
}

function summary(id: typeof RUN): RunSummary {
  const none = { count: 0, failed: 0, min: null, mean: null, p50: null, p90: null, p99: null, max: null }
  return {
    ...head(id, '2026-01-01T00:00:00Z'),
    options: { name: '', environment: null, session: null, data: null, parallel: 1, delayMs: 0, bail: false, failOnStatus: false },
    givenNames: [],
    totals: none,
    requestsPerSecond: 1,
    requests: [],
    charts: { bucketMs: 1, buckets: [], distribution: [], statuses: [] },
    notes: [],
  }
}

beforeEach(() => {
  platform = freshWindow()
  useRunsStore.setState(useRunsStore.getInitialState(), true)
  platform.answer('run.items', {
    items: [{ nodeId: nodeId('a'), kind: 'request', name: 'a', depth: 0, method: 'GET', url: '/' }],
  })
  platform.answer('run.list', { runs: [head(OTHER, '2026-01-02T00:00:00Z'), head(RUN, '2026-01-01T00:00:00Z')] })
  platform.answer('run.start', { runId: RUN })
  platform.answer('run.read', ({ runId }) => ok(summary(RunIdSchema.parse(runId))))
})

describe('planning', () => {
  test('shows what is in the place, all of it chosen', async () => {
    await planRun(SUBJECT)

    expect(usePageStore.getState().page).toEqual({ kind: 'runner' })
    expect(useRunsStore.getState().plan).toMatchObject({ place: 'Shop', requests: [{ name: 'a', isChosen: true }] })
  })

  test('begins nothing while something is wrong with it', async () => {
    await planRun(SUBJECT)
    changePlan((plan) => ({ ...plan, iterations: 'many' }))

    await startRun()

    expect(platform.inputs('run.start')).toEqual([])
  })

  test('says why a run did not begin, and stays', async () => {
    platform.answer('run.start', () => failed(errorOf('NotFound')))
    await planRun(SUBJECT)

    await startRun()

    expect(useRunsStore.getState()).toMatchObject({ view: 'plan', fault: { kind: 'NotFound' }, shown: null })
  })
})

describe('a run', () => {
  test('is shown as soon as it has begun, and followed', async () => {
    await planRun(SUBJECT)
    await startRun()

    runProgressed({ runId: RUN, state: 'running', counts: counts(4), elapsedMs: 40, requestsPerSecond: 100, active: 1 })

    expect(useRunsStore.getState()).toMatchObject({ view: 'results', shown: RUN, progress: { counts: { done: 4 } } })
  })

  test('is followed in the list of earlier runs, too', async () => {
    await planRun(SUBJECT)
    await rereadRuns()

    runProgressed({ runId: OTHER, state: 'running', counts: counts(4, { failed: 1 }), elapsedMs: 40, requestsPerSecond: 100, active: 1 })

    expect(useRunsStore.getState().runs).toMatchObject([
      { id: OTHER, state: 'running', counts: { done: 4, failed: 1 }, elapsedMs: 40 },
      { id: RUN, state: 'finished', counts: { done: 10 } },
    ])
  })

  test('that is not looked at is not followed; its end is said to whoever is elsewhere', async () => {
    await planRun(SUBJECT)
    await showRun(OTHER)
    usePageStore.getState().show(null)

    const over = counts(10, { passed: 8, failed: 2 })
    runProgressed({ runId: RUN, state: 'finished', counts: over, elapsedMs: 1, requestsPerSecond: 0, active: 0 })

    expect(useRunsStore.getState()).toMatchObject({ shown: OTHER, progress: null })
    const [said] = useAppStore.getState().notices
    expect(said).toMatchObject({ tone: 'error', text: 'The run is over: 8 passed, 2 failed.' })
    said?.action?.run()
    expect(usePageStore.getState().page).toEqual({ kind: 'runner' })
    expect(useRunsStore.getState().shown).toBe(RUN)
  })
})

describe('the list of runs', () => {
  const THIRD = RunIdSchema.parse('run-000003')
  const running = (id: typeof RUN, done: number): RunHead => ({
    ...head(id, '2026-01-03T00:00:00Z'),
    state: 'running',
    counts: counts(done),
  })
  const listed = (): unknown => useRunsStore.getState().runs.map(({ id, state, counts: { done } }) => [id, state, done])
  const tell = (id: typeof RUN, state: 'running' | 'finished', done: number): void =>
    runProgressed({ runId: id, state, counts: counts(done), elapsedMs: done, requestsPerSecond: 1, active: 1 })

  afterEach(() => void vi.useRealTimers())

  test('is not taken back by an answer from before what was told', async () => {
    await rereadRuns()
    tell(OTHER, 'running', 4)
    let answer = (): void => undefined
    const late = new Promise<void>((resolve) => (answer = resolve))
    platform.answer('run.list', () => late.then(() => ok({ runs: [running(OTHER, 2)] })))
    const reading = rereadRuns()
    tell(OTHER, 'running', 7)

    answer()
    await reading

    expect(listed()).toEqual([[OTHER, 'running', 7]])
  })

  test('is not taken from the answer that another question has overtaken', async () => {
    let answer = (): void => undefined
    const late = new Promise<void>((resolve) => (answer = resolve))
    platform.answer('run.list', () => late.then(() => ok({ runs: [running(THIRD, 2)] })))
    const reading = rereadRuns()
    platform.answer('run.list', { runs: [head(THIRD, '2026-01-03T00:00:00Z')] })
    await rereadRuns()

    answer()
    await reading

    expect(listed()).toEqual([[THIRD, 'finished', 10]])
  })

  test('has a run that another window began as soon as something is told of it', async () => {
    await rereadRuns()
    platform.answer('run.list', { runs: [running(THIRD, 1)] })

    tell(THIRD, 'running', 3)

    await expect.poll(listed).toEqual([[THIRD, 'running', 1]])
    tell(THIRD, 'running', 4)
    expect(listed()).toEqual([[THIRD, 'running', 4]])
  })

  test('asks for runs of other processes while it is looked at, until they are over', async () => {
    vi.useFakeTimers()
    const foreign = RunIdSchema.parse('run-000004')
    let done = 1
    platform.answer('run.list', () => ok({ runs: [done < 10 ? running(foreign, done) : head(foreign, '2026-01-03T00:00:00Z')] }))
    const stop = followRuns()
    await vi.advanceTimersByTimeAsync(0)
    expect(listed()).toEqual([[foreign, 'running', 1]])

    done = 5
    await vi.advanceTimersByTimeAsync(2000)
    expect(listed()).toEqual([[foreign, 'running', 5]])
    done = 10
    await vi.advanceTimersByTimeAsync(2000)
    expect(listed()).toEqual([[foreign, 'finished', 10]])
    const { length } = platform.inputs('run.list')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(platform.inputs('run.list')).toHaveLength(length)

    stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('of two that are picked the older one stands before', async () => {
  platform.answer('run.compare', () => failed(errorOf('NotFound')))
  await planRun(SUBJECT)
  await expect.poll(() => useRunsStore.getState().runs.length).toBe(2)
  pickRun(OTHER, true)
  pickRun(RUN, true)

  await comparePicked()

  expect(platform.inputs('run.compare')).toEqual([{ before: RUN, after: OTHER }])
})
