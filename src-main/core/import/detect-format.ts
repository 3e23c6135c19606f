/**
 * Which importer a file belongs to: each is asked how sure it is, and the surest has it. Nothing is read here; what is of
 * no format is handed back, for the caller to name.
 */
import { IMPORT_FORMATS } from '#contract/model/import-formats.ts'
import type { ImportFormat } from '#contract/model/import.ts'
import { CoreError } from '../lib/core-error.ts'
import type { Importer } from './importer.ts'
import type { SourceFile } from './import-source.ts'
import type { ImporterEntry } from './importers.ts'
import { textFault } from './text-fault.ts'

/** Files that are read together. */
export interface FormatFiles {
  readonly importer: Importer
  readonly files: readonly SourceFile[]
}

export interface Detected {
  /** In the order of the importers. */
  readonly groups: readonly FormatFiles[]
  /** What no importer knows. */
  readonly unknown: readonly SourceFile[]
}

/**
 * Files by the format that their content is of.
 *
 * @param format  where it is given, no other is tried; files that are not of it are left out where some are
 * @throws {CoreError} `Unreadable` where no file is of a format; of one that is broken, with its line and column
 */
export async function detectFormats(
  files: readonly SourceFile[],
  entries: readonly ImporterEntry[],
  format?: ImportFormat,
): Promise<Detected> {
  const asked = format === undefined ? entries : entries.filter((entry) => entry.format === format)
  const importers = await Promise.all(asked.map((entry) => entry.load()))
  const chosen = files.map((file) => ({ file, importer: surest(file, importers) }))
  const groups = importers
    .map((importer) => ({ importer, files: chosen.filter((one) => one.importer === importer).map(({ file }) => file) }))
    .filter((group) => group.files.length > 0)
  const unknown = chosen.filter(({ importer }) => importer === null).map(({ file }) => file)
  if (groups.length > 0) return { groups, unknown }
  const fault = files.length === 1 && files[0] ? textFault(files[0]) : null
  if (fault) throw fault
  // A person who names the format is told by its reader what is wrong with the text.
  const [named] = importers
  if (format !== undefined && named !== undefined && files.length > 0) return { groups: [{ importer: named, files }], unknown: [] }
  throw unknownFormat(files, entries)
}

function surest(file: SourceFile, importers: readonly Importer[]): Importer | null {
  let best: { readonly importer: Importer; readonly sureness: number } | null = null
  for (const importer of importers) {
    const sureness = importer.detect(file)
    if (sureness > (best?.sureness ?? 0)) best = { importer, sureness }
    if (sureness === 3) break
  }
  return best?.importer ?? null
}

function unknownFormat(files: readonly SourceFile[], entries: readonly ImporterEntry[]): CoreError {
  const [first] = files
  const file = first?.name ?? ''
  const what = files.length > 1 ? `None of the ${files.length} files is` : `${file === '' ? 'This text' : file} is not`
  return new CoreError('Unreadable', 'resolve', `${what} in a format that can be imported.`, {
    hint: `What can be: ${entries.map((entry) => IMPORT_FORMATS[entry.format]).join(', ')}.`,
    details: { ...(file !== '' && files.length === 1 && { file }), formats: entries.map((entry) => entry.format) },
  })
}
