/**
 * `posthaste export`: a request or a folder in another program's format, or a request as code. The document goes to
 * standard output; with `--output` all of it into files.
 */
import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
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
    return options.output === undefined ? await print(files) : await write(files, resolve(options.output), options)
  })
}

type Files = readonly { readonly name: string; readonly text: string }[]

async function print(files: Files): Promise<ExitCode> {
  const [first, ...more] = files
  if (first) await writeToStdout(first.text)
  if (more.length > 0) toStderr(`Note: --output FOLDER also writes ${more.map(({ name }) => name).join(', ')}.`)
  return EXIT.ok
}

/** One file under the name that was asked for; several, or into a folder that is there, under their own. */
async function write(files: Files, target: string, { showSecrets }: Pick<ExportCommandOptions, 'showSecrets'>): Promise<ExitCode> {
  // Credentials in clear are for their owner.
  const mode = showSecrets ? 0o600 : 0o666
  try {
    const isFolder = await stat(target).then(
      (found) => found.isDirectory(),
      () => false,
    )
    const [only, ...more] = files
    if (only && more.length === 0 && !isFolder) {
      await writeFile(target, only.text, { mode })
      return EXIT.ok
    }
    if (!isFolder) await mkdir(target)
    for (const { name, text } of files) await writeFile(join(target, name), text, { mode })
    toStderr(`Wrote ${files.map(({ name }) => name).join(', ')}.`)
    return EXIT.ok
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    printProblem({ kind: 'StorageError', stage: 'store', message: `${target} could not be written: ${why}` })
    return EXIT.incomplete
  }
}

function noteLine({ where, message }: ImportNote): string {
  return `Note: ${where === '' ? '' : `${where}: `}${message}`
}
