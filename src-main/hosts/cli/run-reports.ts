/**
 * The reports of a run in their files. Each is written anew from time to time while the run goes on, whole or not at all,
 * so that a run that is killed leaves the last one.
 */
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { RUN_REPORT_FORMATS, type RunReportFormat } from '#contract/model/run-facts.ts'

export interface WantedReport {
  readonly format: RunReportFormat
  /** Absolute path; null: standard output. */
  readonly file: string | null
}

type Source = (format: RunReportFormat) => AsyncIterable<string>

const FIRST_AFTER_MS = 1000
/** Of the time that a run takes, what writing unfinished reports may take: one part in so many. */
const SHARE = 20

/**
 * Which report goes where: as many `--reporter` as `--report`, in their order, or the kinds by the files' endings; one
 * `--reporter` alone goes to standard output.
 *
 * @returns the reports, or what is wrong with the options in words
 */
export function wantedReports(reporters: readonly RunReportFormat[], files: readonly string[]): readonly WantedReport[] | string {
  const [only] = reporters
  if (only !== undefined && reporters.length === 1 && files.length === 0) return [{ format: only, file: null }]
  if (reporters.length > 0 && reporters.length !== files.length) {
    return `Each --reporter goes with a --report: there are ${reporters.length} and ${files.length}.`
  }
  const wanted: WantedReport[] = []
  for (const [at, file] of files.entries()) {
    const format = reporters[at] ?? formatOf(file)
    if (format === null) return `Say what ${file} is to be, with --reporter ${RUN_REPORT_FORMATS.join(', ')}.`
    if (wanted.some((one) => one.file === resolve(file))) return `Two reports would go to ${file}.`
    wanted.push({ format, file: resolve(file) })
  }
  return wanted
}

const ENDINGS: Readonly<Record<string, RunReportFormat>> = {
  '.json': 'json',
  '.xml': 'junit',
  '.html': 'html',
  '.htm': 'html',
  '.csv': 'csv',
}

function formatOf(file: string): RunReportFormat | null {
  const ending = extname(file).toLowerCase()
  return ENDINGS[ending] ?? null
}

/** Writes the files again and again until the run is over. @returns ends that, and waits for what is being written */
export function keepWriting(reports: readonly WantedReport[], source: Source, onProblem: (words: string) => void): () => Promise<void> {
  const files = reports.filter(({ file }) => file !== null)
  if (files.length === 0) return async () => undefined
  let isOver = false
  let wake = (): void => undefined
  const loop = async (): Promise<void> => {
    for (;;) {
      const started = performance.now()
      await writeReports(files, source, onProblem)
      const pause = Math.max(FIRST_AFTER_MS, (performance.now() - started) * SHARE)
      if (isOver) return
      await new Promise<void>((go) => {
        const timer = setTimeout(go, pause)
        wake = () => {
          clearTimeout(timer)
          go()
        }
      })
      if (isOver) return
    }
  }
  const done = loop()
  return async () => {
    isOver = true
    wake()
    await done
  }
}

/** @returns whether all could be written; what could not is told of */
export async function writeReports(reports: readonly WantedReport[], source: Source, onProblem: (words: string) => void): Promise<boolean> {
  let isWritten = true
  for (const { format, file } of reports) {
    if (file === null) continue
    try {
      await writeWhole(file, source(format))
    } catch (error) {
      isWritten = false
      onProblem(`The report ${file} could not be written: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return isWritten
}

/** By a rename, so that whoever reads it never sees half of one; into a pipe or a device directly. */
async function writeWhole(file: string, text: AsyncIterable<string>): Promise<void> {
  const there = await stat(file).catch(() => null)
  if (there && !there.isFile()) return pipeline(Readable.from(text), createWriteStream(file))
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(4).toString('hex')}.tmp`)
  try {
    await pipeline(Readable.from(text), createWriteStream(temporary, { flags: 'wx', ...(there && { mode: there.mode }) }))
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}
