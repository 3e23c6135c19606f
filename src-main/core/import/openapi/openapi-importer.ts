/**
 * OpenAPI 3.0, 3.1 and Swagger 2.0, as JSON and as YAML, in one file or in several that refer to one another. References to
 * the net are notes; nothing is fetched.
 */
import { LineCounter } from 'yaml'
import { CoreError } from '../../lib/core-error.ts'
import { yamlFault } from '../../lib/yaml-fault.ts'
import { emptyImport, importedFolder, type Imported } from '../imported.ts'
import { firstDocument } from '../first-document.ts'
import type { ImportTools, SourceFile } from '../import-source.ts'
import type { Importer } from '../importer.ts'
import { textFault } from '../text-fault.ts'
import { readDescription } from './description.ts'
import { createNoteBook, type NoteBook } from './notebook.ts'
import { isMapping, SpecNode, type Files, type LostReason, type Mapping } from './spec-node.ts'

export const openapiImporter: Importer = { format: 'openapi', detect, read }

/** Nodes of schemas that samples are made of, in one import. */
const SAMPLE_NODES = 500_000

/** How much of a text is looked at before it is parsed. */
const HEAD = 20_000

function detect(file: SourceFile): 0 | 1 | 2 | 3 {
  if (
    !/["']?(?:openapi|swagger|paths|components|schemas|parameters|responses|requestBodies|securitySchemes|definitions|properties|get|post|put|patch|delete|\$ref)["']?\s*:/.test(
      file.text.slice(0, HEAD),
    )
  )
    return 0
  const data = file.data()
  if (!isMapping(data)) return /^["'\s{]*(?:openapi|swagger)["']?\s*:/.test(file.text.slice(0, HEAD)) ? 3 : 0
  if (versionOf(data) !== null) return 3
  if (isMapping(data['paths']) || isMapping(data['components'])) return 2
  return isPart(data) ? 1 : 0
}

const PARTS = [
  'properties',
  'definitions',
  'schemas',
  'parameters',
  'responses',
  'requestBodies',
  'securitySchemes',
  'get',
  'post',
  'put',
  'patch',
  'delete',
]

/** A part of a description that another file refers to, or a schema alone. */
function isPart(data: Mapping): boolean {
  return PARTS.some((key) => isMapping(data[key])) || ['allOf', 'oneOf', 'anyOf'].some((key) => Array.isArray(data[key]))
}

function versionOf(data: unknown): string | null {
  if (!isMapping(data)) return null
  const version = data['openapi'] ?? data['swagger']
  return typeof version === 'string' || typeof version === 'number' ? String(version) : null
}

function read(files: readonly SourceFile[], tools: ImportTools): Imported {
  const notes = createNoteBook()
  const byName = new Map(files.map((file) => [file.name.replaceAll('\\', '/').replace(/^\.\//, ''), file]))
  const roots = [...byName].filter(([, file]) => versionOf(dataOf(file)) !== null)
  const [first] = files
  if (roots.length === 0) {
    const message = 'This is no OpenAPI description: it names no version under "openapi" or "swagger".'
    throw new CoreError('Unreadable', 'resolve', message, { details: { file: first?.name ?? '', line: 1, column: 1 } })
  }
  const readers: Files = {
    byName,
    onLost: (reference, why) => noteLost(notes, reference, why),
    samples: { left: SAMPLE_NODES, isCut: false },
  }
  const read = roots.map(([name, file], index) => {
    noteVersion(notes, versionOf(file.data()) ?? '')
    const root = new SpecNode(readers, name, file.data())
    return readDescription(root, notes, (done) => tools.progress((index + done) / roots.length))
  })
  if (readers.samples.isCut) notes.add('changed', '', 'Bodies that were made of large schemas are without what is nested deepest in them.')
  const [only, ...more] = read
  if (!only) throw new Error('An import of descriptions has none.')
  const environments = read.flatMap((one) => one.environments)
  if (more.length === 0) return { ...emptyImport('openapi'), ...only, environments, notes: notes.all() }
  const items = read.map(({ name, docs, defaults, items: inner }) => importedFolder(name || 'API', inner, { docs, defaults }))
  return { ...emptyImport('openapi'), items, environments, notes: notes.all() }
}

function noteVersion(notes: NoteBook, version: string): void {
  if (/^(?:2\.0|3\.[01](?:\.|$)|2$)/.test(version)) return
  notes.add('changed', '', `It is of version ${version.slice(0, 20)}, which is not known here: it was read as far as it is like 3.1.`)
}

function noteLost(notes: NoteBook, reference: string, why: LostReason): void {
  notes.add('lost', '', `${reference.slice(0, 200)} ${LOST[why]}`)
}

const LOST: Readonly<Record<LostReason, string>> = {
  remote: 'is elsewhere and was not fetched.',
  missing: 'refers to what is not there: hand over its file too, if it is in another.',
  circle: 'refers to what leads back to itself: nothing stands there.',
}

/** @throws {CoreError} `Unreadable`, with where the text breaks off being YAML or JSON */
function dataOf(file: SourceFile): unknown {
  const data = file.data()
  if (data !== undefined) return data
  // What begins as JSON is told in the words of JSON.
  const fault = /^\s*[[{]/.test(file.text) ? textFault(file) : null
  if (fault) throw fault
  const lines = new LineCounter()
  const { errors } = firstDocument(file.text, lines)
  const [error] = errors
  const { line, col } = error ? lines.linePos(error.pos[0]) : { line: 1, col: 1 }
  const why = error ? yamlFault(error) : 'it is neither a mapping nor a list'
  throw new CoreError('Unreadable', 'resolve', `${file.name || 'The text'} cannot be read: ${why}.`, {
    details: { file: file.name, line, column: col },
  })
}
