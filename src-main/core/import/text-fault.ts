/** Where a text that is meant to be JSON or YAML is none: what a person needs to mend it. */
import { LineCounter } from 'yaml'
import { jsonFault } from '#contract/json-text.ts'
import { CoreError } from '../lib/core-error.ts'
import { yamlFault } from '../lib/yaml-fault.ts'
import { firstDocument } from './first-document.ts'
import type { SourceFile } from './import-source.ts'

/** Keys that a document of a known format begins with, though it may be broken further down. */
const YAML_START = /^(?:#.*\n|---.*\n|[^\S\n]*\n)*["']?(?:openapi|swagger|opencollection|info|type|_type|meta|paths)["']?[ \t]*:/

/**
 * @returns null where the text is no JSON or YAML at all, or is whole
 * @throws {CoreError} `Unreadable` where it is nested too deeply, or its aliases stand for too much
 */
export function textFault(file: SourceFile): CoreError | null {
  if (/^\s*[[{]/.test(file.text)) return file.json() === undefined ? brokenJson(file) : null
  return YAML_START.test(file.text.slice(0, 4096)) ? brokenYaml(file) : null
}

function brokenJson({ name, text }: SourceFile): CoreError | null {
  const fault = jsonFault(text)
  return fault && faultAt({ name, kind: 'JSON', line: fault.line, column: fault.column, what: fault.message })
}

function brokenYaml({ name, text, data }: SourceFile): CoreError | null {
  if (data() !== undefined) return null
  const lines = new LineCounter()
  const [error] = firstDocument(text, lines).errors
  if (!error) return null
  const { line, col } = lines.linePos(error.pos[0])
  return faultAt({ name, kind: 'YAML', line, column: col, what: yamlFault(error) })
}

interface Fault {
  readonly name: string
  readonly kind: string
  readonly line: number
  readonly column: number
  readonly what: string
}

function faultAt({ name, kind, line, column, what }: Fault): CoreError {
  const subject = name === '' ? 'This text' : name
  return new CoreError('Unreadable', 'resolve', `${subject} is not valid ${kind}: line ${line}, column ${column}: ${what}.`, {
    hint: 'Nothing was imported. Mend it there, or export it anew.',
    details: { ...(name !== '' && { file: name }), line, column },
  })
}
