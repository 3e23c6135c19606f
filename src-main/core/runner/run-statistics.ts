/** What the results of a run come to: counts, durations of all and of each request, and the numbers of its charts. */
import type { RunBucket, RunCharts, RunCounts, RunStats } from '#contract/model/run.ts'
import type { IndexRecord, RunIndex } from './run-index.ts'

const MOST_BUCKETS = 200
/** Of few results, so that most buckets have one. */
const FEWEST_BUCKETS = 20
const MOST_RANGES = 40
const SHORTEST_BUCKET_MS = 10

export interface RequestStatistics extends RunStats {
  readonly skipped: number
  readonly checksPassed: number
  readonly checksFailed: number
}

export interface RunStatistics {
  readonly totals: RunStats
  /** By the request's place in the run's order. */
  readonly requests: readonly RequestStatistics[]
  readonly charts: RunCharts
}

/** Of what has a result so far. @param elapsedMs how long the run has taken */
export function statisticsOf(index: RunIndex, requestCount: number, elapsedMs: number): RunStatistics {
  const all = new Tally()
  const byRequest = Array.from({ length: requestCount }, () => new Tally())
  const statuses = new Map<number, number>()
  let end = elapsedMs
  for (let at = 0; at < index.count(); at += 1) {
    const record = index.get(at)
    all.add(record)
    byRequest[record.item]?.add(record)
    if (!record.isSkipped) statuses.set(record.status, (statuses.get(record.status) ?? 0) + 1)
    end = Math.max(end, record.startedAt + record.durationMs)
  }
  const totals = all.stats()
  return {
    totals,
    requests: byRequest.map((own) => ({
      ...own.stats(),
      skipped: own.skipped,
      checksPassed: own.checksPassed,
      checksFailed: own.checksFailed,
    })),
    charts: { ...bucketsOf(index, end), distribution: distributionOf(all.durations, totals), statuses: inOrder(statuses) },
  }
}

/** Results added up one by one, of which nothing is held but durations: a run may have hundreds of thousands. */
class Tally {
  /** Of answers, whatever their status. */
  readonly durations: number[] = []
  skipped = 0
  checksPassed = 0
  checksFailed = 0
  #ran = 0
  #failed = 0

  add({ isSkipped, isFailed, status, durationMs, checksPassed, checksFailed }: IndexRecord): void {
    this.checksPassed += checksPassed
    this.checksFailed += checksFailed
    if (isSkipped) this.skipped += 1
    else {
      this.#ran += 1
      if (isFailed) this.#failed += 1
      if (status > 0) this.durations.push(durationMs)
    }
  }

  stats(): RunStats {
    const sorted = Float64Array.from(this.durations).sort()
    return {
      count: this.#ran,
      failed: this.#failed,
      min: sorted[0] ?? null,
      mean: sorted.length === 0 ? null : sorted.reduce((sum, one) => sum + one, 0) / sorted.length,
      p50: percentile(sorted, 50),
      p90: percentile(sorted, 90),
      p99: percentile(sorted, 99),
      max: sorted.at(-1) ?? null,
    }
  }
}

/** Counts of a run that is not under way any more, from its records. */
export function countsOf(index: RunIndex, planned: number, iterations: number, requestCount: number): RunCounts {
  const doneOf = new Map<number, number>()
  const counts = { done: 0, passed: 0, failed: 0, errors: 0, skipped: 0, checksPassed: 0, checksFailed: 0, bytes: 0 }
  for (let at = 0; at < index.count(); at += 1) {
    const record = index.get(at)
    counts.done += 1
    if (record.isSkipped) counts.skipped += 1
    else if (record.isFailed) counts.failed += 1
    else counts.passed += 1
    if (record.isError) counts.errors += 1
    counts.checksPassed += record.checksPassed
    counts.checksFailed += record.checksFailed
    counts.bytes += record.bytes
    doneOf.set(record.iteration, (doneOf.get(record.iteration) ?? 0) + 1)
  }
  const iterationsDone = [...doneOf.values()].filter((done) => done >= requestCount).length
  return { ...counts, planned, iterations, iterationsDone }
}

/** By the nearest rank: the smallest value that at least `percent` of all are not above. @param sorted ascending */
export function percentile(sorted: Float64Array, percent: number): number | null {
  if (sorted.length === 0) return null
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null
}

function bucketsOf(index: RunIndex, end: number): Pick<RunCharts, 'bucketMs' | 'buckets'> {
  const most = Math.min(MOST_BUCKETS, Math.max(FEWEST_BUCKETS, index.count() / 4))
  const bucketMs = Math.max(SHORTEST_BUCKET_MS, roundUp(end / (most - 1)))
  const tallies = Array.from({ length: index.count() === 0 ? 0 : Math.floor(end / bucketMs) + 1 }, () => new Tally())
  for (let at = 0; at < index.count(); at += 1) {
    const record = index.get(at)
    tallies[Math.floor((record.startedAt + record.durationMs) / bucketMs)]?.add(record)
  }
  const buckets = tallies.map((own, at): RunBucket => {
    const { count, failed, mean, p50, p90, max } = own.stats()
    return { at: at * bucketMs, done: count, failed, mean, p50, p90, max }
  })
  return { bucketMs, buckets }
}

/** Ranges of one length up to the 99th percentile; the last takes in what is slower, so that one straggler does not flatten the rest. */
function distributionOf(durations: readonly number[], { min, p99, max }: RunStats): RunCharts['distribution'] {
  if (min === null || p99 === null || max === null) return []
  // Nobody cares about less than a hundredth; and three digits, as durations are written, do not show it.
  const width = roundUp(Math.max((p99 - min) / (MOST_RANGES - 2), p99 / 100, 0.01))
  const start = Math.floor(min / width) * width
  const length = Math.min(MOST_RANGES, Math.floor((p99 - start) / width) + (max > p99 ? 2 : 1))
  const counts = new Array<number>(length).fill(0)
  for (const duration of durations) {
    const at = Math.min(length - 1, Math.floor((duration - start) / width))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts.map((count, at) => ({
    from: start + at * width,
    to: at === length - 1 ? Math.max(max, start + (at + 1) * width) : start + (at + 1) * width,
    count,
  }))
}

function inOrder(counts: ReadonlyMap<number, number>): RunCharts['statuses'] {
  // Those without an answer last.
  const order = ([status]: readonly [number, number]): number => (status === 0 ? Infinity : status)
  return [...counts]
    .sort((one, other) => order(one) - order(other))
    .map(([status, count]) => ({ status: status === 0 ? null : status, count }))
}

/** The next of 1, 2, 5, 10, 20, … above a number. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= value * (1 - 1e-9)) ?? 10
  return step * power
}
