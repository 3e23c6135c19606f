/**
 * `posthaste import`: files or a text of any format that is understood, into a folder of a collection. What becomes of it
 * goes to standard output, what did not come over to standard error.
 */
import { basename, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Input, Output } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import { IMPORT_FORMATS, importTextFault, MAX_IMPORT_TEXT, nameWithoutMethod } from '#contract/model/import-formats.ts'
import type { ImportFormat, ImportNote, ImportRow } from '#contract/model/import.ts'
import type { Result } from '#contract/result.ts'
import type { Core } from '#core/create-core.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { interruption } from '../interruption.ts'
import { importStatus } from '../import-status.ts'
import { printProblem, surviveClosedPipes, writeToStdout } from '../output.ts'
import { createStatusLine } from '../status-line.ts'
import { withCore } from '../with-core.ts'

export interface ImportOptions {
  readonly into?: string
  readonly from?: ImportFormat
  /** Credentials stay in the files in clear. */
  readonly keepCredentials: boolean
  /** Says what would be written, and writes nothing. */
  readonly dryRun: boolean
  readonly json: boolean
  readonly dataDir?: string
}

type Summary = Output<'import.read'>
type Written = Output<'import.write'>

/**
 * @param files paths of files or folders, or `-` for standard input
 * @returns the exit status
 */
export async function importCommand(files: readonly string[], options: ImportOptions): Promise<ExitCode> {
  surviveClosedPipes()
  if (options.into === undefined && !options.dryRun) return misuse('--into FOLDER says where it goes; --dry-run shows what it would be.')
  if (files.includes('-') && files.length > 1) return misuse('Standard input is read on its own.')
  return withCore(options.dataDir, (core) => importWith(core, files, options))
}

async function importWith(core: Core, files: readonly string[], options: ImportOptions): Promise<ExitCode> {
  const signal = interruption()
  const status = createStatusLine(process.stderr)
  let items: number | null = null
  let phase = ''
  core.on(({ name, payload }) => {
    if (name !== 'import.progressed') return
    if (payload.phase === phase) status.drawCount(() => importStatus(payload, items))
    else status.draw(importStatus(payload, items))
    phase = payload.phase
  })
  const call = async <T>(name: string, input: unknown): Promise<Result<T, WireError>> =>
    // Core checks what a command is given, and answers what the contract says.
    (await core.call(name, input, { clientId: 'cli', signal }).finally(status.end)) as Result<T, WireError>
  const piped = files.includes('-') ? await text(upTo(process.stdin, 4 * MAX_IMPORT_TEXT)) : null
  const fault = piped === null ? null : importTextFault(piped)
  if (fault) return fail(fault, options)
  const source: Input<'import.read'>['source'] =
    piped !== null
      ? { kind: 'text', text: piped }
      : { kind: 'files', files: files.map((file) => ({ path: resolve(file), name: basename(resolve(file)) })) }
  const read = await call<Summary>('import.read', { ticket: 'cli', source, ...(options.from && { format: options.from }) })
  if (!read.ok) return fail(read.error, options)
  const summary = read.value
  if (options.into === undefined || options.dryRun) {
    await tell(summary, null, options)
    return EXIT.ok
  }
  items = summary.counts.requests + summary.counts.folders
  const target = { kind: 'folder', path: resolve(options.into) }
  const written = await call<Written>('import.write', { importId: summary.importId, target, hideCredentials: !options.keepCredentials })
  if (!written.ok) return fail(written.error, options)
  await tell(summary, written.value, options)
  return EXIT.ok
}

/** What comes until there is too much of it: a little more than `most` bytes, so that it is seen to be. */
async function* upTo(stream: AsyncIterable<Buffer>, most: number): AsyncIterable<Buffer> {
  let bytes = 0
  for await (const chunk of stream) {
    yield chunk
    bytes += chunk.byteLength
    if (bytes > most) return
  }
}

async function tell(summary: Summary, written: Written | null, options: ImportOptions): Promise<void> {
  const notes = [...summary.notes, ...(written?.notes ?? [])]
  if (options.json) {
    const { format, name, counts, rows } = summary
    const into = written && { into: resolve(options.into ?? ''), environments: written.environments, secrets: written.secrets }
    await writeToStdout(`${JSON.stringify({ ok: true, format, name, counts, rows, notes, written: into }, null, 2)}\n`)
    return
  }
  await writeToStdout(`${[headline(summary), ...summary.rows.map(rowLine), ...(written ? [ending(written, options)] : [])].join('\n')}\n`)
  for (const note of notes) process.stderr.write(`${noteLine(note)}\n`)
}

function headline({ format, name, counts }: Summary): string {
  const parts = (['requests', 'folders', 'environments', 'sessions', 'examples', 'scripts'] as const)
    .filter((what) => counts[what] > 0)
    .map((what) => counted(counts[what], what.slice(0, -1)))
  return `${IMPORT_FORMATS[format]}${name === '' ? '' : ` “${name}”`}: ${parts.length === 0 ? 'nothing in it' : parts.join(', ')}`
}

function rowLine({ kind, name, depth, method, detail }: ImportRow): string {
  const what =
    kind === 'request' ? `${method ?? ''} ${nameWithoutMethod(name, method)}` : kind === 'folder' ? `${name}/` : `${kind} ${name}`
  return `${'  '.repeat(depth + 1)}${what}${detail === '' || detail === name ? '' : `  ${detail}`}`
}

function ending({ secrets }: Written, { into = '' }: ImportOptions): string {
  const names = [...new Set(secrets)].map((name) => `{{${name}}}`)
  return `Written to ${resolve(into)}${names.length === 0 ? '' : `; kept as secrets: ${names.join(', ')}`}`
}

function noteLine({ severity, where, line, message }: ImportNote): string {
  const place = [where, line === null ? '' : `line ${line}`].filter((part) => part !== '').join(', ')
  return `${severity}: ${place === '' ? '' : `${place}: `}${message}`
}

async function fail(error: WireError, { json }: ImportOptions): Promise<ExitCode> {
  if (json) {
    const { kind, message, hint, details } = error
    await writeToStdout(`${JSON.stringify({ ok: false, error: { kind, message, hint, details } }, null, 2)}\n`)
  } else printProblem(withPlace(error))
  const isOfInput = error.stage === 'resolve' || ['InvalidName', 'Unreadable', 'InvalidCall'].includes(error.kind)
  return isOfInput ? EXIT.usage : EXIT.incomplete
}

/** The place of the fault is said as compilers say it, where the message does not. */
function withPlace(error: WireError): WireError {
  const { file, line, column } = error.details ?? {}
  if (typeof line !== 'number' || /\bline \d/.test(error.message)) return error
  const place = [typeof file === 'string' && file !== '' ? file : 'the text', line, ...(typeof column === 'number' ? [column] : [])].join(
    ':',
  )
  return { ...error, message: `${place}: ${error.message}` }
}

function misuse(message: string): ExitCode {
  process.stderr.write(`error: ${message}\n`)
  return EXIT.usage
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
