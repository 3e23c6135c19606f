/**
 * Files that were handed over, read into one import: each by the importer of its format. Runs in a worker
 * (import-worker.ts); what it is given is all it looks at.
 */
import type { ImportFormat, ImportNote } from '#contract/model/import.ts'
import { CoreError, messageOf } from '../lib/core-error.ts'
import { detectFormats, type FormatFiles } from './detect-format.ts'
import { liftRequestSecrets } from './fit-import.ts'
import { withFittingNumbers } from './fit-numbers.ts'
import type { Imported } from './imported.ts'
import type { ImportTools, SourceFile } from './import-source.ts'
import type { ImporterEntry } from './importers.ts'
import { mergeImports } from './merge-imports.ts'
import { withSchemes } from './with-schemes.ts'

/** Names of left out files that a note lists. */
const NAMED_FILES = 10

/**
 * @throws {CoreError} `Unreadable` where a file is broken, or none is of a known format: nothing comes over by halves
 */
export async function readImport(
  files: readonly SourceFile[],
  entries: readonly ImporterEntry[],
  { format, tools }: { readonly format?: ImportFormat | undefined; readonly tools: ImportTools },
): Promise<Imported> {
  const { groups, unknown } = await detectFormats(files, entries, format)
  const parts = groups.map((group, index) => readGroup(group, partOf(tools, index, groups.length)))
  const [first, ...rest] = parts.toSorted((one, other) => other.items.length - one.items.length)
  if (first === undefined) throw new CoreError('Unreadable', 'resolve', 'There is nothing to import.')
  const whole = withSchemes(liftRequestSecrets(mergeImports([first, ...rest])))
  return unknown.length === 0 ? whole : { ...whole, notes: [...whole.notes, leftOut(unknown)] }
}

/** An importer that fails in another way than it promises has met a text that nobody thought of. */
function readGroup({ importer, files }: FormatFiles, tools: ImportTools): Imported {
  try {
    return withFittingNumbers(importer.read(files, tools))
  } catch (error) {
    if (error instanceof CoreError) throw error
    throw new CoreError('Unreadable', 'resolve', `The ${importer.format} importer cannot read this: ${messageOf(error)}.`, {
      hint: 'Nothing was imported. This is a bug of Posthaste: the text may be broken, but it should say where.',
      cause: error,
    })
  }
}

function partOf(tools: ImportTools, index: number, count: number): ImportTools {
  return { ...tools, progress: (done) => tools.progress((index + done) / count) }
}

function leftOut(files: readonly SourceFile[]): ImportNote {
  const names = files.slice(0, NAMED_FILES).map(({ name }) => name)
  const more = files.length - names.length
  const list = [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ')
  return { severity: 'lost', where: '', line: null, message: `Left out, as of no known format: ${list}.` }
}
