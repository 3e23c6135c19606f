/** References of Thunder Client: `{{name}}` as here, and system values such as `{{#guid}}`, some of which there are here, too. */
import { inShort } from '../collection-parts/loose.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { withReferences } from '../collection-parts/references.ts'

/** @see https://github.com/thunderclient/thunder-client-support#system-variables */
const SYSTEM: Readonly<Record<string, string>> = {
  guid: '$guid',
  uuid: '$uuid',
  date: '$timestampMs',
  dateiso: '$isoTimestamp',
  timestamp: '$timestamp',
  number: '$randomInt',
  bool: '$randomBoolean',
  email: '$randomEmail',
  name: '$randomFullName',
  string: '$randomWord',
}

export function thunderReferences(text: string, notes: NotesHere): string {
  return withReferences(text, '{{', '}}', (inner) => {
    const name = inner.trim()
    if (name.includes('|')) {
      notes.lost(`Filters of {{${inShort(name.slice(0, name.indexOf('|')).trim())}}} are not applied here: it stays as it is.`)
      return null
    }
    if (!name.startsWith('#')) return null
    const key = name.slice(1).trim().toLowerCase()
    const ours = Object.hasOwn(SYSTEM, key) ? SYSTEM[key] : undefined
    if (ours === undefined)
      notes.lost(`There is no dynamic value {{${inShort(/^#\s*\w*/.exec(name)?.[0] ?? name)}}} here: give it as a variable.`)
    return ours === undefined ? null : `{{${ours}}}`
  })
}
