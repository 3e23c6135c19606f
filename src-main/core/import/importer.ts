/** The shape of every importer: it says whether a file looks like its own, and turns files into an import. */
import type { ImportFormat } from '#contract/model/import.ts'
import type { Imported } from './imported.ts'
import type { ImportTools, SourceFile } from './import-source.ts'

export interface Importer {
  readonly format: ImportFormat
  /**
   * How sure it is that this file is of its format: 0 is no; 1 is that nothing speaks against it; 2 is likely from its shape;
   * 3 is that it says so itself. Reads no more than it must.
   */
  readonly detect: (file: SourceFile) => 0 | 1 | 2 | 3
  /**
   * @param files  those of its format that were handed over together, in the order of their names
   * @throws {CoreError} `Unreadable`, with `details.file`, `details.line` and `details.column` where they are known
   */
  readonly read: (files: readonly SourceFile[], tools: ImportTools) => Imported
}
