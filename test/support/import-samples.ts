/**
 * Samples of other programs' files with what is expected of them: `x.input.*`, or a folder `x.input` of files that are
 * handed over together, beside `x.expected.json`. What is expected is written without what is empty, so that it can be
 * checked by eye.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { RequestDocumentSchema } from '#contract/model/request.ts'
import { DefaultsSchema, EnvironmentSchema, SessionSchema } from '#contract/model/session.ts'
import { ImportNoteSchema } from '#contract/model/import.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { reconcile } from '#contract/model/url-query.ts'
import { sourceFile, type ImportTools, type SourceFile } from '#core/import/import-source.ts'
import { NO_DEFAULTS, type Imported, type ImportedItem } from '#core/import/imported.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures/import')
const INPUT = /\.input(\.\w+)?$/

export interface Sample {
  readonly name: string
  readonly files: readonly SourceFile[]
  /** Null where there is no file of it. */
  readonly expected: unknown
}

export function samplesOf(folder: string): Sample[] {
  const root = join(FIXTURES, folder)
  const names = readdirSync(root).sort()
  return names
    .filter((name) => INPUT.test(name))
    .map((input) => {
      const name = input.replace(INPUT, '')
      const expected = `${name}.expected.json`
      const path = join(root, input)
      const files = statSync(path).isDirectory() ? filesIn(path) : [sourceFile(input, readFileSync(path, 'utf8'))]
      return { name, files, expected: names.includes(expected) ? JSON.parse(readFileSync(join(root, expected), 'utf8')) : null }
    })
}

function filesIn(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => sourceFile(path.slice(folder.length + 1), readFileSync(path, 'utf8')))
}

/** Tools whose ids are counted, so that they are the same in every run. */
export function countingTools(): ImportTools {
  let next = 0
  return { progress: () => undefined, id: () => `id-${(next += 1)}` }
}

/** The import without what is empty. */
export function condensed(imported: Imported): unknown {
  return dropEmpty({ ...imported, items: imported.items.map(itemOf), defaults: withoutAuth(imported.defaults) })
}

function itemOf(item: ImportedItem): unknown {
  if (item.kind === 'folder')
    return {
      folder: item.name,
      ...item,
      kind: undefined,
      name: undefined,
      defaults: withoutAuth(item.defaults),
      items: item.items.map(itemOf),
    }
  const empty = emptyRequest('')
  const { name, ...fields } = item.document
  const said = Object.entries(fields).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify((empty as Record<string, unknown>)[key]),
  )
  return { request: name, ...Object.fromEntries(said), examples: item.examples }
}

function withoutAuth(defaults: Imported['defaults']): unknown {
  return { ...defaults, ...(JSON.stringify(defaults.auth) === JSON.stringify(NO_DEFAULTS.auth) && { auth: undefined }) }
}

function dropEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropEmpty)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => [key, dropEmpty(item)] as const)
  return Object.fromEntries(entries.filter(([, item]) => !isEmpty(item)))
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0) ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  )
}

/** Throws where an import is not as the model has it. */
export function assertValid(imported: Imported): void {
  DefaultsSchema.parse(imported.defaults)
  imported.environments.forEach(({ environment }) => EnvironmentSchema.parse(environment))
  imported.sessions.forEach((session) => SessionSchema.parse(session))
  imported.notes.forEach((note) => ImportNoteSchema.parse(note))
  imported.items.forEach(assertItem)
}

function assertItem(item: ImportedItem): void {
  if (item.kind === 'folder') {
    DefaultsSchema.parse(item.defaults)
    item.items.forEach(assertItem)
    return
  }
  const { url, params } = RequestDocumentSchema.parse(item.document)
  const joined = reconcile(url, params)
  if (joined.url !== url || JSON.stringify(joined.params) !== JSON.stringify(params)) {
    throw new Error(`URL and params of ${item.document.name} do not agree: ${url} ${JSON.stringify(params)}`)
  }
}
