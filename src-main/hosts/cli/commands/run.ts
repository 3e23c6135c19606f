/**
 * `posthaste run`: saved requests gone through in order, by the engine that the window has. Lines for people go to standard
 * output, unless a report does.
 */
import { copyFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import type { WireError } from '#contract/errors.ts'
import { RunOptionsSchema, type RunSummary } from '#contract/model/run.ts'
import type { RunReportFormat } from '#contract/model/run-facts.ts'
import type { Core, RunOnce, RunOnceInput } from '#core/create-core.ts'
import { checksOf } from '#contract/model/run-checks.ts'
import { unsentJson } from '../exchange-json.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { interruption } from '../interruption.ts'
import { outputProblem, printProblem, streamToStdout, surviveClosedPipes, writeToStdout } from '../output.ts'
import { keepWriting, wantedReports, writeReports, type WantedReport } from '../run-reports.ts'
import { createRunTerminal } from '../run-terminal.ts'
import { withCore, type SendingOptions } from '../with-core.ts'

export interface RunCommandOptions extends SendingOptions {
  readonly data?: string
  readonly iterations?: number
  readonly parallel: number
  /** Milliseconds. */
  readonly delay: number
  readonly bail: boolean
  readonly reporter: readonly RunReportFormat[]
  readonly report: readonly string[]
  readonly color: boolean
}

/** @returns the exit status */
export async function runCommand(paths: readonly string[], options: RunCommandOptions): Promise<ExitCode> {
  surviveClosedPipes()
  const reports = wantedReports(options.json ? [] : options.reporter, options.report)
  const misuse = typeof reports === 'string' ? reports : await fileProblem(reports, options)
  if (misuse !== null || typeof reports === 'string') {
    process.stderr.write(`error: ${misuse ?? ''}\n`)
    return EXIT.usage
  }
  const wanted: readonly WantedReport[] = options.json ? [...reports, { format: 'json', file: null }] : reports
  return withCore(options.dataDir, (core) => runWith(core, paths, options, wanted))
}

/** Why a file cannot be written to, found before anything is sent. */
async function fileProblem(reports: readonly WantedReport[], { output, json, reporter }: RunCommandOptions): Promise<string | null> {
  if (json && reporter.length > 0) return '--json is the JSON report on standard output; give --report FILE.json for one more.'
  if (output === '-') return '--output of a run takes a file.'
  const files = [...reports.flatMap(({ file }) => (file === null ? [] : [file])), ...(output === undefined ? [] : [resolve(output)])]
  for (const file of files) {
    const problem = await outputProblem(file)
    if (problem !== null) return problem
  }
  return null
}

async function runWith(
  core: Core,
  paths: readonly string[],
  options: RunCommandOptions,
  reports: readonly WantedReport[],
): Promise<ExitCode> {
  const toStdout = reports.find(({ file }) => file === null)
  const out = toStdout ? process.stderr : process.stdout
  const terminal = createRunTerminal({ out, status: process.stderr, isColored: isColored(out, options) })
  const problem = (words: string): void => {
    terminal.end()
    process.stderr.write(`${words}\n`)
  }
  let lost: string | null = null
  const started = await core.runOnce({
    paths,
    options: runOptions(options),
    overrides: { ...(options.timeout !== undefined && { timeoutSeconds: options.timeout }), ...(options.insecure && { insecure: true }) },
    signal: interruption(),
    onBegin: terminal.begin,
    onProgress: terminal.progress,
    onResult: (result) => terminal.result(result, () => checksOf(result)),
    ...(options.output !== undefined && {
      onLast: async (exchange, bodies) => {
        lost = await deliver(exchange, bodies, resolve(options.output ?? ''))
      },
    }),
  })
  if (!started.ok) return refused(started.error, options)
  const run = started.value
  const stopWriting = keepWriting(reports, run.report, problem)
  await run.finished
  await stopWriting()
  terminal.end()
  const isWritten = await writeReports(reports, run.report, problem)
  if (toStdout) await printReport(run, toStdout.format)
  const summary = await run.summary()
  terminal.summary(summary)
  if (lost !== null) problem(lost)
  const code = exitOf(summary)
  return code === EXIT.ok && (!isWritten || lost !== null) ? EXIT.incomplete : code
}

function runOptions({
  env,
  session,
  data,
  iterations,
  parallel,
  delay,
  bail,
  fail,
  var: given,
}: RunCommandOptions): RunOnceInput['options'] {
  return RunOptionsSchema.parse({
    environment: env ?? null,
    session: session ?? null,
    given: Object.fromEntries(given),
    data: data === undefined ? null : { path: data },
    ...(iterations !== undefined && { iterations }),
    parallel,
    delayMs: delay,
    bail,
    failOnStatus: fail,
  })
}

/** Nothing was sent. */
async function refused(error: WireError, { json }: RunCommandOptions): Promise<ExitCode> {
  if (json) await writeToStdout(`${JSON.stringify(unsentJson(error), null, 2)}\n`)
  else printProblem(error)
  return error.kind === 'StorageError' || error.kind === 'Bug' ? EXIT.incomplete : EXIT.usage
}

/** Requests without an answer outrank answers that are not as they should be: what those would have said is not known. */
function exitOf({ state, counts }: RunSummary): ExitCode {
  if (state === 'stopped' || state === 'failed' || counts.errors > 0) return EXIT.incomplete
  return counts.failed > 0 ? EXIT.failed : EXIT.ok
}

async function printReport(run: RunOnce, format: RunReportFormat): Promise<void> {
  await streamToStdout(Readable.from(run.report(format)))
}

type OnLast = NonNullable<RunOnceInput['onLast']>

/** The body of the last answer, to a file. @returns why not, in words */
async function deliver(exchange: Parameters<OnLast>[0], bodies: Parameters<OnLast>[1], file: string): Promise<string | null> {
  const { response } = exchange
  if (response === null) return `There was no last answer to write to ${file}.`
  try {
    if (response.bodyId === null) await writeFile(file, '')
    else await copyFile(await bodies.path(response.bodyId), file)
    return null
  } catch (error) {
    return `The body of the last answer could not be written to ${file}: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** As https://no-color.org asks for. */
function isColored(out: NodeJS.WriteStream, { color }: RunCommandOptions): boolean {
  const { NO_COLOR = '', TERM } = process.env
  return color && out.isTTY && NO_COLOR === '' && TERM !== 'dumb'
}
