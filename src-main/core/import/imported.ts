/**
 * What an importer makes of a text: requests in folders, environments and sessions as the model has them, and a note for
 * whatever did not come over. Plain data, so that it can leave the thread it was made in; writing it is for others.
 */
import type { ImportFormat, ImportNote } from '#contract/model/import.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import type { Defaults, Environment, Session } from '#contract/model/session.ts'
import type { TreeExample, TreeFolder, TreeItem, TreeRequest } from '../lib/request-tree.ts'

export interface Imported {
  readonly format: ImportFormat
  /** Of the collection; empty where the text has none. */
  readonly name: string
  readonly docs: string
  /** What every request of it has: headers, credentials, variables, options. */
  readonly defaults: Defaults
  readonly scripts: readonly Script[]
  readonly items: readonly ImportedItem[]
  readonly environments: readonly ImportedEnvironment[]
  readonly sessions: readonly Session[]
  /** Values of the secret variables of `defaults`, by name. They go to the vault, never to a file. */
  readonly secrets: Readonly<Record<string, string>>
  readonly notes: readonly ImportNote[]
}

export type ImportedItem = TreeItem
export type ImportedRequest = TreeRequest
export type ImportedFolder = TreeFolder
export type ImportedExample = TreeExample

export interface ImportedEnvironment {
  readonly environment: Environment
  /** Values of its secret variables, by name. */
  readonly secrets: Readonly<Record<string, string>>
}

export const NO_DEFAULTS: Defaults = { headers: [], auth: { kind: 'none' }, variables: [], options: {} }

/** An import of nothing yet. */
export function emptyImport(format: ImportFormat): Imported {
  return {
    format,
    name: '',
    docs: '',
    defaults: NO_DEFAULTS,
    scripts: [],
    items: [],
    environments: [],
    sessions: [],
    secrets: {},
    notes: [],
  }
}

export function importedRequest(document: RequestDocument, examples: readonly ImportedExample[] = []): ImportedRequest {
  return { kind: 'request', document, examples }
}

export function importedFolder(name: string, items: readonly ImportedItem[], more: Partial<ImportedFolder> = {}): ImportedFolder {
  return { docs: '', defaults: NO_DEFAULTS, scripts: [], ...more, kind: 'folder', name, items }
}

/** A request of a command line or a script, of which only what it says is known. */
export function plainRequest(name: string, fields: Partial<RequestDocument>): RequestDocument {
  return { ...emptyRequest(name), ...fields, name }
}
