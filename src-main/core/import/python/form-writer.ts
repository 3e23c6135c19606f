/** Writes values into the fields of a form: texts with `{{name}}` where a value is a variable's, and notes of what does not fit. */
import type { ImportNote } from '#contract/model/import.ts'
import { REFERENCE } from '../../prepare/references.ts'
import type { Machine } from './machine.ts'
import { fieldText } from './python-text.ts'
import type { Span } from './syntax.ts'
import { plain, textOfBytes, type Hole, type Text } from './text.ts'
import type { Value } from './values.ts'
import { isSecretName, variableName } from './variable-names.ts'

export interface FormWriter {
  readonly machine: Machine
  readonly at: Span
  readonly text: (text: Text) => string
  /** A field's value; null, with a note, where there is no text for it. */
  readonly field: (value: Value, what: string) => string | null
  readonly note: (severity: ImportNote['severity'], message: string) => void
}

/** @param notes where notes go */
export function createWriter(machine: Machine, at: Span, notes: ImportNote[]): FormWriter {
  const line = machine.lineOf(at.from)
  const note: FormWriter['note'] = (severity, message) => {
    if (!notes.some((one) => one.message === message && one.line === line)) notes.push({ severity, where: '', line, message })
  }
  const text = (given: Text): string =>
    given
      .map((part) => {
        if (typeof part !== 'string') return nameOf(part, machine, note)
        if (part.includes('{{') && part.search(REFERENCE) >= 0) {
          note('changed', 'A text of the script has {{…}} in it, which is a reference here.')
        }
        return part
      })
      .join('')
  const field: FormWriter['field'] = (value, what) => {
    const shown = fieldText(value)
    if (shown === null) note('lost', `${what} is not known before the script runs, or is no text, and is left out.`)
    return shown === null ? null : text(shown)
  }
  return { machine, at, text, field, note }
}

function nameOf(hole: Hole, machine: Machine, note: FormWriter['note']): string {
  switch (hole.kind) {
    case 'variable':
      machine.used.add(hole.name)
      if (!machine.declared.has(hole.name) && !hole.name.startsWith('$')) {
        machine.declared.set(hole.name, {
          name: hole.name,
          isSecret: isSecretName(hole.name, true),
          isAsked: false,
          value: '',
          line: 0,
          why: 'open',
        })
      }
      return `{{${hole.name}}}`
    case 'multipart-type':
      return 'multipart/form-data'
    case 'base64': {
      const inner = hole.of.map((part) => (typeof part === 'string' ? part : part.kind === 'variable' ? part.name : '')).join('_')
      const name = `${variableName(inner)}_base64`
      machine.declared.set(name, { name, isSecret: true, isAsked: false, value: '', line: 0, why: 'computed' })
      machine.used.add(name)
      note('changed', `The base64 of a value that is not known is the variable {{${name}}}: give it the encoded text.`)
      return `{{${name}}}`
    }
  }
}

/** The text of bytes; null where they are not UTF-8. */
export function bytesText(text: Text): Text | null {
  const parts = text.map((part) => (typeof part === 'string' ? textOfBytes(part) : part))
  return parts.includes(null) ? null : parts.filter((part) => part !== null)
}

/** The two texts that a Basic header is made of, where it is made of texts that are not all known. */
export function basicOf(text: Text): { readonly username: Text; readonly password: Text } | null {
  const [word, hole] = text
  if (text.length !== 2 || word !== 'Basic ' || typeof hole !== 'object' || hole.kind !== 'base64') return null
  const at = hole.of.findIndex((part) => typeof part === 'string' && part.includes(':'))
  const middle = hole.of[at]
  if (typeof middle !== 'string') return null
  const colon = middle.indexOf(':')
  const texts = (parts: Text): Text => parts.filter((part) => part !== '')
  return {
    username: texts([...hole.of.slice(0, at), middle.slice(0, colon)]),
    password: texts([middle.slice(colon + 1), ...hole.of.slice(at + 1)]),
  }
}

/** The last name of a path. */
export function baseName(path: Text): string | null {
  const known = plain(path)
  return known === null ? null : (known.split(/[\\/]/).at(-1) ?? known)
}
