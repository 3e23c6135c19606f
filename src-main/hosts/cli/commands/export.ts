/**
 * `posthaste export`: a request or a folder in another program's format, or as code. The document goes to
 * standard output; with `--output` all of it into files.
 */
import { lstat, mkdir, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CODE_LANGUAGES } from '#contract/model/code-languages.ts'
import type { ImportNote } from '#contract/model/import.ts'
import type { LoadStage } from '#contract/model/load-stages.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { printProblem, surviveClosedPipes, writeToStdout } from '../output.ts'
import { toStderr, withCore } from '../with-core.ts'

export interface ExportCommandOptions {
  readonly to: string
  readonly env?: string
  /** A file, or a folder where there are several. */
  readonly output?: string
  /** Credentials that were typed in clear stay so. */
  readonly showSecrets: boolean
  /** Files of a folder that are there are written over. */
  readonly force: boolean
  readonly stage: readonly LoadStage[]
  readonly data?: string
  /** Seconds. */
  readonly pause?: number
  /** Of code: the answer goes to a file, by this name where it is one. */
  readonly saveAnswer?: string | true
  readonly dataDir?: string
}

/** @returns the exit status */
export async function exportCommand(path: string, options: ExportCommandOptions): Promise<ExitCode> {
  surviveClosedPipes()
  return withCore(options.dataDir, async (core) => {
    const exported = await core.exportOnce({
      path,
      format: options.to,
      environment: options.env ?? null,
      credentials: options.showSecrets ? 'clear' : 'reference',
      load: {
        ...(options.stage.length > 0 && { stages: [...options.stage] }),
        ...(options.data !== undefined && { data: options.data }),
        ...(options.pause !== undefined && { pause: options.pause }),
      },
      ...(options.saveAnswer !== undefined && { save: options.saveAnswer === true ? {} : { to: options.saveAnswer } }),
    })
    if (!exported.ok) {
      printProblem(exported.error)
      return EXIT.usage
    }
    const { files, notes } = exported.value
    for (const note of notes) toStderr(noteLine(note))
    if (options.output !== undefined) return write(files, resolve(options.output), options)
    return isTree(options.to, files) ? refuseTree(files.length) : print(files)
  })
}

type Files = readonly { readonly name: string; readonly text: string }[]

/** Code of a folder in a language of which each request is a file: no one of them stands for the others. */
function isTree(format: string, files: Files): boolean {
  return files.length > 1 && CODE_LANGUAGES.some(({ id }) => id === format)
}

function refuseTree(count: number): ExitCode {
  const message = `The code is ${count} files, one for each request: say where they go with --output FOLDER.`
  printProblem({ kind: 'InvalidCall', stage: 'call', message })
  return EXIT.usage
}

async function print(files: Files): Promise<ExitCode> {
  const [first, ...more] = files
  if (first) await writeToStdout(first.text)
  if (more.length > 0) toStderr(`Note: --output FOLDER also writes ${more.map(({ name }) => name).join(', ')}.`)
  return EXIT.ok
}

type Writing = Pick<ExportCommandOptions, 'showSecrets' | 'force'>

/** One file under the name that was asked for; several, or into a folder that is there, under their own, where none is yet. */
async function write(files: Files, target: string, options: Writing): Promise<ExitCode> {
  try {
    const isFolder = await stat(target).then(
      (found) => found.isDirectory(),
      () => false,
    )
    const [only, ...more] = files
    if (only && more.length === 0 && !isFolder) {
      await writeFile(target, only.text, { mode: modeOf(only.text, options) })
      return EXIT.ok
    }
    const there = options.force ? [] : await existing(files.map(({ name }) => join(target, name)))
    if (there.length > 0) return refuseOver(there)
    await makeFolders(target, files)
    for (const { name, text } of files) await writeFile(join(target, name), text, { mode: modeOf(text, options) })
    toStderr(`Wrote ${files.map(({ name }) => name).join(', ')}.`)
    return EXIT.ok
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    printProblem({ kind: 'StorageError', stage: 'store', message: `${target} could not be written: ${why}` })
    return EXIT.incomplete
  }
}

/** The folder and those in it that files stand in; the one around it is there. */
async function makeFolders(target: string, files: Files): Promise<void> {
  const below = files.flatMap(({ name }) => {
    const folders = name.split('/').slice(0, -1)
    return folders.map((_, index) => join(target, ...folders.slice(0, index + 1)))
  })
  for (const folder of new Set([target, ...below])) {
    await mkdir(folder).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    })
  }
}

/** Credentials in clear are for their owner; a script can be run. */
function modeOf(text: string, { showSecrets }: Pick<Writing, 'showSecrets'>): number {
  return (showSecrets ? 0o600 : 0o666) | (text.startsWith('#!') ? (showSecrets ? 0o100 : 0o111) : 0)
}

async function existing(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    paths.map((path) =>
      lstat(path).then(
        () => [path],
        () => [],
      ),
    ),
  )
  return found.flat()
}

const NAMED = 3

function refuseOver(there: readonly string[]): ExitCode {
  const more = there.length - NAMED
  const named = `${there.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const message = `Nothing was written, because there is already ${named}.`
  printProblem({ kind: 'Conflict', stage: 'store', message, hint: 'Name another folder, or pass --force to write over what is there.' })
  return EXIT.incomplete
}

function noteLine({ where, message }: ImportNote): string {
  return `Note: ${where === '' ? '' : `${where}: `}${message}`
}
