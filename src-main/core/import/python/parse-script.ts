/** Parses a script, mended where it has to be. */
import type { Tree } from '@lezer/common'
import { parser } from '@lezer/python'
import type { ImportNote } from '#contract/model/import.ts'
import { CoreError } from '../../lib/core-error.ts'
import type { SourceFile } from '../import-source.ts'
import { lineIndex } from './line-index.ts'
import { evenTabs, LAST_MENDS, MENDS } from './mend-script.ts'
import { notebookCode } from './notebook.ts'
import { firstError, refuse } from './script-faults.ts'
import { tokensOf } from './tokens.ts'

/** Scripts are written by people, but for a body that stands in one; what is longer is something else. */
const MAX_MIB = 16

const MIB = 1024 * 1024

interface ParsedScript {
  readonly tree: Tree
  /** As it was parsed: its lines are those of the file. */
  readonly text: string
  readonly notes: readonly ImportNote[]
  readonly lineOf: (offset: number) => number
}

/** @throws {CoreError} `Unreadable` with line and column; `TooLarge` */
export function parseScript(file: SourceFile): ParsedScript {
  const source = notebookCode(file) ?? file.text.replaceAll(/\r\n?/g, '\n')
  if (source.length > MAX_MIB * MIB) {
    const long = (source.length / MIB).toFixed(1)
    throw new CoreError('TooLarge', 'resolve', `The script is ${long} MiB long; scripts of up to ${MAX_MIB} MiB are read.`, {
      hint: 'Put large bodies into files, and read them in the script: open("body.json", "rb").',
      details: { file: file.name },
    })
  }
  checkDepth(source)
  // The grammar forgives tabs among spaces; what belongs to which block is settled first.
  const even = evenTabs(source)
  let text = even.text
  let tree = parser.parse(text)
  let error = firstError(tree, text)
  const notes: ImportNote[] = [...even.notes]
  for (const mends of [MENDS, LAST_MENDS]) {
    if (error < 0) break
    const before = text
    for (const mend of mends) {
      const mended = mend(text)
      if (mended.text !== text) notes.push(...mended.notes)
      text = mended.text
    }
    if (text === before) continue
    tree = parser.parse(text)
    error = firstError(tree, text)
  }
  if (error >= 0) refuse(text, error, file)
  return { tree, text, notes, lineOf: lineIndex(text) }
}

const MAX_BRACKETS = 300

/**
 * Parsers take long over thousands of open brackets, and no person writes them.
 *
 * @throws {CoreError} `Unreadable`
 */
function checkDepth(text: string): void {
  if ((text.match(/[([{]/g)?.length ?? 0) <= MAX_BRACKETS) return
  let depth = 0
  for (const { kind } of tokensOf(text)) {
    if (kind === 'open') depth += 1
    else if (kind === 'close') depth = Math.max(0, depth - 1)
    if (depth > MAX_BRACKETS) throw new CoreError('Unreadable', 'resolve', `Brackets are nested more than ${MAX_BRACKETS} deep.`)
  }
}
