/** A script of whichever shell: which one is found from the text. */
import { readBash } from './bash.ts'
import { readCmd } from './cmd.ts'
import { readPowerShell, type PsCommand } from './powershell.ts'
import type { Dialect, ShellSource, ShellText } from './shell-text.ts'

export interface ReadShell extends ShellText {
  readonly dialect: Dialect
  /** Commands of PowerShell with values that are more than text; empty for other shells. */
  readonly objects: readonly PsCommand[]
}

/** What PowerShell and cmd write before what is typed. */
const PROMPT = /^(?:PS [^>\n]*|[A-Za-z]:\\[^>\n]*)>[ \t]*/gm

/** @throws {CoreError} `Unreadable` */
export function readShell(given: ShellSource): ReadShell {
  const dialect = dialectOf(given.text)
  const source = { ...given, text: given.text.replace(PROMPT, (prompt) => ' '.repeat(prompt.length)) }
  switch (dialect) {
    case 'bash':
      return { dialect, objects: [], ...readBash(source) }
    case 'cmd':
      return { dialect, objects: [], ...readCmd(source) }
    case 'powershell':
      return { dialect, ...readPowerShell(source) }
  }
}

/**
 * A caret at the end of a line, or before a quotation mark, is cmd's; a backtick at the end of one, cmdlets and `$env:` are
 * PowerShell's; all else is taken for bash.
 */
export function dialectOf(text: string): Dialect {
  const start = text.slice(0, 100_000)
  if (/^PS [^>\n]*>/m.test(start)) return 'powershell'
  if (/(?:^|[|;&(={]\s*)(?:Invoke-(?:WebRequest|RestMethod)|ConvertTo-Json|New-Object|iwr|irm)\s/im.test(start)) return 'powershell'
  if (/\$env:\w/i.test(start) || /(?:^|\s)@["']\s*$/m.test(start)) return 'powershell'
  // A backslash at the end of a line goes on in bash alone; what stands in quotes may end with anything.
  if (/\\\r?\n/.test(start)) return 'bash'
  const quote = /['"]/.exec(start)
  const isSingle = quote?.[0] === "'" && start[quote.index - 1] !== '^'
  const outside = isSingle ? start.slice(0, quote.index) : start
  if (/[^`\n]`[ \t]*\r?\n/.test(outside)) return 'powershell'
  if (/\^[ \t]*\r?\n/.test(outside) || /(?:^|\s)\^"/.test(outside)) return 'cmd'
  if (/^[ \t]*@?echo off\b/im.test(start)) return 'cmd'
  if (/%[A-Za-z_]{3,}%/.test(start) && !/['$]/.test(start)) return 'cmd'
  if (/\bcurl\.exe\b/i.test(start)) return isSingle ? 'powershell' : 'cmd'
  return /^set\s+\w+=/im.test(start) ? 'cmd' : 'bash'
}
