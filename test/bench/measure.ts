/** Interleaved rounds and medians: absolute times drift with the machine, ratios within one run do not. */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface Contender {
  readonly name: string
  /** A contender that is a process of its own may say how much memory it held at its peak, in bytes. */
  readonly run: () => Promise<number | null | void>
}

export interface Row {
  readonly work: string
  readonly name: string
  readonly ms: number
  /** Median of the rounds' ratios to the first contender. */
  readonly ratio: number
  /** Of the round that took most; null where it is not known. */
  readonly peakBytes: number | null
}

/**
 * Run every contender once to warm up, then in turn for a number of rounds.
 *
 * @param before brings the machine into the same state before every run of each; its time is not counted
 */
export async function compare(
  work: string,
  contenders: readonly Contender[],
  rounds: number,
  before: () => Promise<void> = async () => undefined,
): Promise<Row[]> {
  const times = contenders.map((): number[] => [])
  const peaks = contenders.map(() => 0)
  for (const contender of contenders) await contender.run()
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      await before()
      const started = performance.now()
      const peak = await contender.run()
      peaks[index] = Math.max(peaks[index] ?? 0, peak ?? 0)
      times[index]?.push(performance.now() - started)
    }
  }
  const first = times[0] ?? []
  return contenders.map(({ name }, index) => {
    const own = times[index] ?? []
    const ratio = median(own.map((time, round) => time / (first[round] ?? time)))
    return { work, name, ms: median(own), ratio, peakBytes: peaks[index] || null }
  })
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}

/** Start the loopback server in its own process. */
export async function startServer(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'server-process.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [message] = (await once(child, 'message')) as [{ readonly port: number }]
  return { url: `http://127.0.0.1:${message.port}`, stop: () => child.kill() }
}

/** The rows as a table for a terminal or a Markdown page. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ work, name, ms, ratio, peakBytes }) => {
    const peak = peakBytes === null ? '' : String(Math.round(peakBytes / 1024 ** 2))
    return `| ${work} | ${name} | ${ms < 10 ? ms.toFixed(2) : Math.round(ms)} | ${ratio.toFixed(2)} | ${peak} |`
  })
  return ['| work | contender | ms | ratio | peak MiB |', '| --- | --- | --- | --- | --- |', ...lines].join('\n')
}
