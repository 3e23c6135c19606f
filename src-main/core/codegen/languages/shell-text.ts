/** How the shells of command lines quote a text, and read the environment in it. */
import type { CodeNote } from '../code-source.ts'
import type { Placeholders } from '../placeholders.ts'
import { literals } from '../literals.ts'
import { splitAtKeys } from './keys.ts'
import { powerShellString } from './powershell.ts'

export interface Shell {
  readonly text: (value: string) => string
  /** What stands at the end of a line that goes on. */
  readonly goesOn: string
  /** The value of a variable of the script. */
  readonly variable: (name: string) => string
  /** The program, by the name that is the program in this shell. */
  readonly curl: string
  /** What whoever runs it has to know of the values on the line. */
  readonly warnings: (values: readonly string[]) => CodeNote[]
}

/** Bourne shells: bash, zsh, sh. */
export function bourne(placeholders: Placeholders): Shell {
  const quote = (text: string): string => bourneString(text.replaceAll('\0', ''))
  const text = literals(placeholders, { quote, env: (name) => `"$${name}"`, join: (all) => all.join('') })
  return { text, goesOn: ' \\', variable: (name) => `"$${name}"`, curl: 'curl', warnings: () => [] }
}

/** Nothing has a meaning in single quotes but the quote itself; keys are written by `printf`, which every such shell has. */
function bourneString(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  const pieces = splitAtKeys(text).map(({ plain, keys }) => {
    const quoted = plain === '' ? '' : `'${plain.replaceAll("'", `'\\''`)}'`
    return keys === '' ? quoted : `${quoted}"$(printf '${octal(keys)}')"`
  })
  return pieces.join('') || "''"
}

function octal(text: string): string {
  return [...Buffer.from(text, 'utf8')].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}

/** That no command line can hold every text. @param texts those that stand on it */
export function unsayable(texts: readonly string[]): CodeNote[] {
  if (!texts.some((text) => text.includes('\0'))) return []
  return [{ severity: 'lost', message: 'A command line cannot hold the character NUL: it is left out.' }]
}

/**
 * The Windows command line. Every character that may have a meaning to it is taken out of that by a caret, the quotes
 * too, which are for the program's own reading of its arguments; a line break is one that is escaped twice.
 */
export function cmd(placeholders: Placeholders, isFile: boolean): Shell {
  const quote = (text: string): string => caretEscaped(text, isFile)
  const inner = literals(placeholders, { quote, env: (name) => `%${name}%`, join: (all) => all.join('') })
  const text = (value: string): string => `^"${inner(value.replaceAll('\0', ''))}^"`
  return { text, goesOn: ' ^', variable: (name) => `"%${name}%"`, curl: 'curl', warnings: (values) => cmdWarnings(values, placeholders) }
}

/** @param isFile in a file of commands a percent sign is written twice */
function caretEscaped(text: string, isFile: boolean): string {
  const argument = text.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')
  return (
    argument
      .replace(/[^a-zA-Z0-9\s_\-:=+~'/.,?;()*`%]/g, '^$&')
      // A name between two percent signs would be looked up before carets are seen.
      .replace(isFile ? /%/g : /%(?=\w)/g, isFile ? '%%' : '%^')
      .replace(/\r\n|\r|\n/g, '^\n\n')
  )
}

/** PowerShell 7.3 and later, which hands arguments on as they are. `curl` alone is another command there. */
export function powerShell(placeholders: Placeholders): Shell {
  const text = literals(placeholders, {
    quote: powerShellString,
    env: (name) => `$env:${name}`,
    join: (all) => `(${all.join(' + ')})`,
  })
  return { text, goesOn: ' `', variable: (name) => `$${name}`, curl: 'curl.exe', warnings: powerShellWarnings }
}

/** @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_preference_variables#psnativecommandargumentpassing */
function powerShellWarnings(values: readonly string[]): CodeNote[] {
  if (!values.some((value) => value.includes('"') || value === '')) return []
  const message =
    'It is for PowerShell 7.3 and later: Windows PowerShell 5.1 and versions before 7.3 drop empty arguments and take the quotation marks out of others; there, each needs a backslash before it.'
  return [{ severity: 'changed', message }]
}

function cmdWarnings(values: readonly string[], placeholders: Placeholders): CodeNote[] {
  const named = values.flatMap((value) => placeholders.namesIn(value))
  if (named.length === 0) return []
  const names = [...new Set(named)].map((name) => `%${name}%`).join(', ')
  const message = `cmd puts ${names} in before it reads the line: a value with & | < > ^ % or quotation marks has to be set with a caret (^) before each of them.`
  return [{ severity: 'changed', message }]
}
