/**
 * What is exported: requests in folders, with the environments around them, as the model has them. Secrets are references
 * already when it comes here; exporters turn it into texts and read nothing else.
 */
import type { ImportNote } from '#contract/model/import.ts'
import type { Auth, Options, RequestDocument, Row } from '#contract/model/request.ts'
import type { Script } from '#contract/model/script.ts'
import type { Defaults, Environment, Session } from '#contract/model/session.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { TreeExample, TreeFolder, TreeItem, TreeRequest } from '../lib/request-tree.ts'

export interface ExportTree {
  readonly name: string
  readonly docs: string
  readonly defaults: Defaults
  readonly scripts: readonly Script[]
  readonly items: readonly ExportItem[]
  readonly environments: readonly Environment[]
  readonly sessions: readonly Session[]
}

export type ExportItem = TreeItem
type ExportRequest = TreeRequest
export type ExportFolder = TreeFolder
export type ExportExample = TreeExample

export interface ExportedFile {
  /** With folders, parted by `/`, where it is one of many files of code. */
  readonly name: string
  readonly text: string
}

export interface Exported {
  /** The document first; beside it what it needs, such as environments. */
  readonly files: readonly ExportedFile[]
  readonly notes: readonly ImportNote[]
}

/** A request with what the places around it come to. */
export interface PlacedRequest {
  readonly document: RequestDocument
  readonly examples: readonly ExportExample[]
  /** Names of the folders that it is in, the outermost first. */
  readonly path: readonly string[]
  /** Of the places around it, an inner one's in the place of an outer one's; the request's own are not among them. */
  readonly headers: readonly Row[]
  /** The credentials that hold; `inherit` is none any more. */
  readonly auth: Auth
  /** Of folders and of the request itself; those of the collection are not among them. */
  readonly variables: readonly Variable[]
  /** Its own over those of the places around it. */
  readonly options: Options
}

interface Around {
  readonly path: readonly string[]
  readonly headers: readonly Row[]
  readonly auth: Auth
  readonly variables: readonly Variable[]
  readonly options: Options
}

/** Every request, in order. */
export function placedRequests(tree: ExportTree): PlacedRequest[] {
  const { headers, auth, options } = tree.defaults
  return placedIn(tree.items, { path: [], headers, auth: auth.kind === 'inherit' ? { kind: 'none' } : auth, variables: [], options })
}

function placedIn(items: readonly ExportItem[], around: Around): PlacedRequest[] {
  return items.flatMap((item) => (item.kind === 'folder' ? placedIn(item.items, within(around, item)) : [placed(item, around)]))
}

function within(around: Around, { name, defaults }: ExportFolder): Around {
  const saysNothing = defaults.auth.kind === 'none' || defaults.auth.kind === 'inherit'
  return {
    path: [...around.path, name],
    headers: overlaid(around.headers, defaults.headers),
    auth: saysNothing ? around.auth : defaults.auth,
    variables: [...around.variables, ...defaults.variables],
    options: { ...around.options, ...defaults.options },
  }
}

function placed({ document, examples }: ExportRequest, around: Around): PlacedRequest {
  const omitted = new Set((document.options.omitHeaders ?? []).map((name) => name.toLowerCase()))
  const own = new Set(document.headers.filter(({ enabled }) => enabled).map(({ name }) => name.toLowerCase()))
  return {
    document,
    examples,
    path: around.path,
    headers: around.headers.filter(({ name, enabled }) => enabled && !omitted.has(name.toLowerCase()) && !own.has(name.toLowerCase())),
    auth: document.auth.kind === 'inherit' ? around.auth : document.auth,
    variables: [...around.variables, ...document.variables],
    options: { ...around.options, ...document.options },
  }
}

/** What two places around a request come to together. */
export function mergedDefaults(outer: Defaults, inner: Defaults): Defaults {
  const saysNothing = inner.auth.kind === 'none' || inner.auth.kind === 'inherit'
  const names = new Set(inner.variables.filter(({ enabled }) => enabled).map(({ name }) => name))
  return {
    headers: [...overlaid(outer.headers, inner.headers)],
    auth: saysNothing ? outer.auth : inner.auth,
    variables: [...outer.variables.filter(({ name }) => !names.has(name)), ...inner.variables],
    options: { ...outer.options, ...inner.options },
  }
}

function overlaid(outer: readonly Row[], inner: readonly Row[]): readonly Row[] {
  const names = new Set(inner.filter(({ enabled }) => enabled).map(({ name }) => name.toLowerCase()))
  return [...outer.filter(({ name }) => !names.has(name.toLowerCase())), ...inner]
}

/** Rows that are sent: what stands around a request, then its own, without those that only take a name away. */
export function sentHeaders({ headers, document }: PlacedRequest): readonly Row[] {
  return [...headers, ...document.headers].filter(({ enabled, omit, name }) => enabled && omit !== true && name !== '')
}
