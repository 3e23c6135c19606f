/** Importers of command lines: the commands of some program in a script of any shell, each made into requests. */
import type { ImportFormat } from '#contract/model/import.ts'
import type { Session } from '#contract/model/session.ts'
import type { Imported, ImportedRequest } from '../imported.ts'
import type { ImportTools, SourceFile } from '../import-source.ts'
import { createNotes, unreadable, type Notes } from '../notes.ts'
import { readShell } from '../shell-words/read-shell.ts'
import { programName, type Stdin, type Word } from '../shell-words/shell-text.ts'
import { commandImport } from './command-import.ts'

export interface CommandCall {
  /** Its name as typed, without path and `.exe`, in lower case. */
  readonly program: string
  readonly words: readonly Word[]
  readonly stdin: Stdin | null
  readonly line: number
}

export interface CommandFormat {
  readonly format: ImportFormat
  readonly programs: ReadonlySet<string>
  readonly read: (call: CommandCall, notes: Notes) => readonly ImportedRequest[]
}

/** How many words may stand before the program, such as `sudo` and `time`. */
const MAX_BEFORE = 6

/** @throws {CoreError} `Unreadable` for a text that is broken, or has no command of the programs */
export function readCommands(files: readonly SourceFile[], tools: ImportTools, { format, programs, read }: CommandFormat): Imported {
  const notes = createNotes()
  const reads = files.map((file, index) => {
    tools.progress(index / files.length)
    const shell = readShell({ text: file.text, file: file.name, notes })
    const items = shell.commands.flatMap(({ words, stdin, line }) => {
      const at = words.slice(0, MAX_BEFORE).findIndex(({ text }) => programs.has(programName(text)))
      const program = words[at]
      return program ? read({ program: programName(program.text), words: words.slice(at + 1), stdin, line }, notes) : []
    })
    return { shell, items }
  })
  const items = reads.flatMap((one) => one.items)
  if (items.length === 0) throw unreadable('There is no command with a URL in it.', files[0]?.name ?? '', 1, 1)
  return {
    ...commandImport(
      format,
      items,
      reads.map(({ shell }) => shell),
      notes,
    ),
    sessions: sessionsOf(items),
  }
}

/** The sessions that requests name. */
function sessionsOf(items: readonly ImportedRequest[]): Session[] {
  const names = new Set(items.flatMap(({ document }) => (document.options.session === undefined ? [] : [document.options.session])))
  return [...names].map((name) => ({ name, headers: [], params: [], cookies: [], auth: { kind: 'none' }, options: {}, adapters: [] }))
}

/** How likely a text is a command of a program. */
export function detectsCommand(file: SourceFile, pattern: string): 0 | 2 | 3 {
  if (/\.(?:http|rest|json|ya?ml|har|bru|py|js|ts)$/i.test(file.name)) return 0
  const start = file.text.slice(0, 20_000)
  if (new RegExp(`^\\s*(?:\\$\\s+)?${pattern}`, 'i').test(start)) return 3
  return new RegExp(`^[ \\t]*(?:[$>%][ \\t]+)?(?:\\w+=\\S*[ \\t]+)*${pattern}`, 'im').test(start) ? 2 : 0
}
