/** cURL commands, of bash, cmd and PowerShell: each URL of each command becomes a request. */
import { importedRequest, type ImportedRequest } from '../imported.ts'
import type { Importer } from '../importer.ts'
import type { SourceFile } from '../import-source.ts'
import { createNotes, unreadable, type Notes } from '../notes.ts'
import { commandImport } from '../request-parts/command-import.ts'
import { documentOf } from '../request-parts/raw-request.ts'
import { takenUrls } from '../request-parts/taken-urls.ts'
import { programName, type ShellCommand, type Word } from '../shell-words/shell-text.ts'
import { readShell, type ReadShell } from '../shell-words/read-shell.ts'
import { applyOption } from './effects.ts'
import { globbed, MAX_GLOBBED } from './globbing.ts'
import { isSilent } from './options.ts'
import { readArguments, type CurlOperation } from './read-arguments.ts'
import { emptySettings } from './settings.ts'
import { requestOf } from './to-request.ts'
import { webRequests } from './web-request.ts'

const COMMAND = /^[ \t]*(?:[$>%#][ \t]+|PS [^>\n]*>[ \t]*)?(?:\w+=\S*[ \t]+)*(?:[^\s'"]*[\\/])?curl(?:\.exe)?[ \t\\^`]+\S/im
/** Behind another command of its line. */
const LATER = /(?:[|;&(]|\b(?:sudo|time|do|then))[ \t]*curl(?:\.exe)?[ \t]+(?:-|['"]?https?:)/i
const WEB_REQUEST = /\b(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)\s+\S/i

export const curlImporter: Importer = {
  format: 'curl',
  detect: ({ name, text }) => {
    const start = text.slice(0, 20_000)
    if (/\.(?:http|rest|json|ya?ml|har|bru|py|js|ts)$/i.test(name)) return 0
    if (/^\s*(?:\$\s+|>\s*)?curl(?:\.exe)?[\s^]/i.test(start) || /^\s*Invoke-(?:WebRequest|RestMethod)\s/i.test(start)) return 3
    if (COMMAND.test(start) || WEB_REQUEST.test(start)) return 2
    return LATER.test(start) ? 1 : 0
  },
  read: (files, tools) => {
    const notes = createNotes()
    const reads = files.map((file, index) => {
      tools.progress(index / files.length)
      return readCurl(file, notes)
    })
    const items = reads.flatMap((read) => read.items)
    if (items.length === 0) throw unreadable('There is no cURL command with a URL in it.', files[0]?.name ?? '', 1, 1)
    return commandImport(
      'curl',
      items,
      reads.map(({ shell }) => shell),
      notes,
    )
  },
}

/** The requests of a script, in its order, and what it knows of variables. */
export function readCurl(
  { name, text }: Pick<SourceFile, 'name' | 'text'>,
  notes: Notes,
): { readonly shell: ReadShell; readonly items: readonly ImportedRequest[] } {
  const shell = readShell({ text, file: name, notes })
  const commands = [
    ...shell.commands.map((command) => ({ line: command.line, items: requestsOf(command, notes) })),
    ...shell.objects.map((command) => ({ line: command.line, items: webRequests(command, notes) })),
  ]
  return { shell, items: commands.toSorted((one, other) => one.line - other.line).flatMap(({ items }) => items) }
}

/** The words behind `curl`, where the command is one; words such as `sudo` and `time` may stand before it. */
function argumentsOf({ words }: ShellCommand): readonly Word[] | null {
  const at = words.slice(0, 6).findIndex(({ text }) => programName(text) === 'curl')
  return at < 0 ? null : words.slice(at + 1)
}

function requestsOf(command: ShellCommand, notes: Notes): ImportedRequest[] {
  const words = argumentsOf(command)
  if (words === null) return []
  return readArguments(words, notes).flatMap((operation) => requestsOfOperation(operation, command, notes))
}

function requestsOfOperation(operation: CurlOperation, command: ShellCommand, notes: Notes): ImportedRequest[] {
  const settings = emptySettings(command.stdin)
  for (const option of operation.options) applyOption(settings, option, notes, isSilent)
  if (operation.urls.length === 0) {
    if (operation.options.length > 0) notes.add('lost', 'A command has no URL.', command.line)
    return []
  }
  return takenUrls(operation.urls, operation.options.length, command.line, notes).flatMap(({ url, line }, index) => {
    const { urls, isCut } = settings.isGlobOff ? { urls: [url], isCut: false } : globbed(url)
    if (isCut) notes.add('lost', `Of the URLs that the lists in one make, the first ${MAX_GLOBBED} are requests.`, line)
    return urls.map((one) => importedRequest(documentOf(requestOf(settings, one, index, line, notes), notes)))
  })
}
