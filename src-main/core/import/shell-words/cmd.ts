/**
 * Command lines of Windows' cmd.exe: first its carets and `%VARIABLES%`, then the rules by which a program of Microsoft's
 * C runtime takes its arguments apart. Browsers write such lines for "Copy as cURL (cmd)".
 *
 * @see https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
 */
import { unreadable } from '../notes.ts'
import { placeOf, type ShellCommand, type ShellSource, type ShellText, type Word } from './shell-text.ts'

/** A variable's name; two hex digits are more likely an escape of a URL. */
const VARIABLE = /%([A-Za-z_]\w{2,})%/y
const SET = /^set\s+"?([A-Za-z_]\w*)=([^"]*)(?:"\s*)?$/i

/** A line once cmd.exe is done with it, with the line of the text that each character is from. */
interface Line {
  text: string
  lines: number[]
}

/** @throws {CoreError} `Unreadable` where a quote is not closed */
export function readCmd(source: ShellSource): ShellText {
  const values = new Map<string, string>()
  const used = new Set<string>()
  const text = source.text.replaceAll('\r\n', '\n')
  // In a file two percent signs are one; a line that is typed keeps both.
  const isBatch = /^\s*@?(?:echo off|setlocal)\b/im.test(text) || /\.(?:bat|cmd)$/i.test(source.file)
  const commands = logicalLines(text, used, isBatch).flatMap((line): ShellCommand[] => {
    const set = SET.exec(line.text.trim())
    if (set) values.set(set[1] ?? '', set[2] ?? '')
    const [first, ...rest] = set || /^\s*(?:rem\b|::)/i.test(line.text) ? [] : argumentsOf(line, text, source)
    if (!first) return []
    return [{ words: [{ ...first, text: first.text.replace(/^@/, '') }, ...rest], stdin: null, line: first.line }]
  })
  return { commands, values, used }
}

/** Lines with carets, variables and continuations worked in; `&`, `|` and redirections outside quotes end one. */
function logicalLines(text: string, used: Set<string>, isBatch: boolean): Line[] {
  const found: Line[] = []
  let line: Line = { text: '', lines: [] }
  let number = 1
  let isQuoted = false
  let isOver = false
  const add = (part: string): void => {
    if (isOver) return
    line.text += part
    for (let count = 0; count < part.length; count += 1) line.lines.push(number)
  }
  const end = (): void => {
    found.push(line)
    line = { text: '', lines: [] }
    isQuoted = false
    isOver = false
  }
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === '^' && !isQuoted) {
      // A line break behind a caret is nothing, and what follows it is taken as it is.
      if (text[at + 1] === '\n') {
        number += 1
        at += 1
        if (text[at + 1] !== '\n') continue
      }
      add(text[at + 1] ?? '')
      if (text[at + 1] === '\n') number += 1
      at += 1
      continue
    }
    if (char === '"') isQuoted = !isQuoted
    VARIABLE.lastIndex = at
    const variable = char === '%' ? VARIABLE.exec(text)?.[1] : undefined
    if (isBatch && char === '%' && text[at + 1] === '%') {
      add('%')
      at += 1
      continue
    }
    if (variable !== undefined) {
      used.add(variable)
      add(`{{${variable}}}`)
      at += variable.length + 1
    } else if (char === '\n' && !isQuoted) {
      end()
      number += 1
    } else if ((char === '&' || char === '|') && !isQuoted) end()
    else if ((char === '>' || char === '<') && !isQuoted) isOver = true
    else {
      add(char)
      if (char === '\n') number += 1
    }
  }
  found.push(line)
  return found
}

function argumentsOf({ text, lines }: Line, whole: string, source: ShellSource): Word[] {
  const words: Word[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at += 1
      continue
    }
    const read = argumentAt(text, at)
    if (read.isOpen) {
      const line = lines[at] ?? 1
      const { column } = placeOf(whole, whole.length)
      throw unreadable('A quotation mark " is not closed.', source.file, line, column, 'Is the command whole?')
    }
    words.push({ text: read.text, line: lines[at] ?? 1 })
    at = read.end
  }
  return words
}

/** Backslashes mean something before a quotation mark only; two quotation marks within quotes are one. */
export function argumentAt(text: string, start: number): { readonly text: string; readonly end: number; readonly isOpen: boolean } {
  const parts: string[] = []
  let at = start
  let isQuoted = false
  const run = /[^\\"\s]+/y
  while (at < text.length) {
    const char = text[at] ?? ''
    if (char === '\\') {
      const slashes = /\\+/y
      slashes.lastIndex = at
      const count = slashes.exec(text)?.[0].length ?? 1
      at += count
      if (text[at] !== '"') parts.push('\\'.repeat(count))
      else {
        parts.push('\\'.repeat(count >> 1))
        if (count % 2 === 1) {
          parts.push('"')
          at += 1
        }
      }
    } else if (char === '"') {
      if (isQuoted && text[at + 1] === '"') {
        parts.push('"')
        at += 2
      } else {
        isQuoted = !isQuoted
        at += 1
      }
    } else if (/\s/.test(char)) {
      if (!isQuoted) break
      parts.push(char)
      at += 1
    } else {
      run.lastIndex = at
      const plain = run.exec(text)?.[0] ?? char
      parts.push(plain)
      at += plain.length
    }
  }
  return { text: parts.join(''), end: at, isOpen: isQuoted }
}
