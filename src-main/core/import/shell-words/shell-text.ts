/**
 * What a script of a shell comes to, whatever shell it is for: commands with their words unquoted. Variables of the shell
 * stand in the words as references, `{{NAME}}`; nothing is run.
 */
import type { Notes } from '../notes.ts'

export type Dialect = 'bash' | 'cmd' | 'powershell'

export interface Word {
  readonly text: string
  /** From 1, where it begins. */
  readonly line: number
}

/** What a command reads from its standard input, where that is known. */
export type Stdin = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'file'; readonly path: string }

export interface ShellCommand {
  /** Without assignments before it and redirections. */
  readonly words: readonly Word[]
  readonly stdin: Stdin | null
  readonly line: number
}

export interface ShellText {
  readonly commands: readonly ShellCommand[]
  /** Variables that the script gives values, by name. */
  readonly values: ReadonlyMap<string, string>
  /** Names of the variables that it uses. */
  readonly used: ReadonlySet<string>
}

export interface ShellSource {
  readonly text: string
  /** Name of the file, for messages. */
  readonly file: string
  readonly notes: Notes
}

/** How many commands of one text are read. */
export const MAX_COMMANDS = 10_000

/** The last part of a program's path, without `.exe`. */
export function programName(word: string): string {
  return word
    .replace(/^.*[\\/]/s, '')
    .replace(/\.exe$/i, '')
    .toLowerCase()
}

/** The place of an offset in a text; both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset)
  const start = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - start + 1 }
}

/** Line numbers of offsets in a text; asked of rising offsets it counts on. */
export class LineCounter {
  private readonly text: string
  private start = 0
  private number = 1

  constructor(text: string) {
    this.text = text
  }

  /** From 1. */
  lineAt(offset: number): number {
    if (offset < this.start) {
      this.start = 0
      this.number = 1
    }
    for (let next = this.text.indexOf('\n', this.start); next >= 0 && next < offset; next = this.text.indexOf('\n', this.start)) {
      this.start = next + 1
      this.number += 1
    }
    return this.number
  }
}
