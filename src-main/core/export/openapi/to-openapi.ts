/**
 * Requests as an OpenAPI 3.1 description: folders are tags, addresses paths and servers, credentials security schemes, texts
 * examples with schemas that fit them, saved examples answers.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
import { stringify } from 'yaml'
import { createExportNotes, fileNameOf, type ExportNotes } from '../export-notes.ts'
import { placedRequests, type Exported, type ExportItem, type ExportTree, type PlacedRequest } from '../export-tree.ts'
import { scopeOf } from '../references.ts'
import { operationOf, placeOf } from './openapi-operation.ts'
import { createSecuritySchemes, type Requirement, type SecuritySchemes } from './openapi-security.ts'
import { serversOf } from './openapi-servers.ts'

/** Methods that a path can have. */
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'])

export function toOpenapi(tree: ExportTree): Exported {
  const notes = createExportNotes()
  const placed = placedRequests(tree)
  const servers = serversOf(tree, placed)
  const security = createSecuritySchemes()
  const common = security.requirementOf(tree.defaults.auth, (message) => notes.lost('', message))
  const paths = pathsOf(tree, placed, { security, common, notes, serverOf: servers.own })
  const schemes = security.schemes()
  const tags = tagsOf(tree.items, [])
  const text = stringify(
    {
      openapi: '3.1.0',
      info: { title: tree.name || 'API', version: '1.0.0', ...(tree.docs !== '' && { description: tree.docs }) },
      ...(servers.root.length > 0 && { servers: servers.root }),
      ...(common && { security: [common] }),
      ...(tags.length > 0 && { tags }),
      paths,
      ...(Object.keys(schemes).length > 0 && { components: { securitySchemes: schemes } }),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  )
  return { files: [{ name: fileNameOf(tree.name, '.openapi.yaml'), text }], notes: notes.all() }
}

interface Making {
  readonly security: SecuritySchemes
  /** Of the whole description. */
  readonly common: Requirement | null
  readonly notes: ExportNotes
  readonly serverOf: (placed: PlacedRequest) => object | null
}

function pathsOf(tree: ExportTree, placed: readonly PlacedRequest[], { security, common, notes, serverOf }: Making): object {
  const paths = new Map<string, Map<string, object>>()
  const ids = new Set<string>()
  for (const one of placed) {
    const where = [...one.path, one.document.name].join(' / ')
    const lost = (message: string): void => notes.lost(where, message)
    const { path, method } = placeOf(one)
    const methods = paths.get(path) ?? new Map<string, object>()
    paths.set(path, methods)
    if (!METHODS.has(method)) lost(`A description has no method ${one.document.method}.`)
    else if (methods.has(method)) lost(`There is ${method.toUpperCase()} ${path} already, and a description has each once.`)
    else {
      const own = serverOf(one)
      methods.set(method, {
        ...(one.path.length > 0 && { tags: [one.path.join(' / ')] }),
        operationId: operationId(one.document.name, method, ids),
        ...operationOf(one, scopeOf(tree, one), lost),
        ...securityOf(security.requirementOf(one.auth, lost), common),
        ...(own && { servers: [own] }),
      })
    }
  }
  return Object.fromEntries(
    [...paths].filter(([, methods]) => methods.size > 0).map(([path, methods]) => [path, Object.fromEntries(methods)]),
  )
}

function securityOf(own: Requirement | null, common: Requirement | null): object {
  if (JSON.stringify(own) === JSON.stringify(common)) return {}
  return { security: own === null ? [] : [own] }
}

/** A name in camel case, as generators of clients like it; each once. */
function operationId(name: string, method: string, taken: Set<string>): string {
  const words = name
    .normalize('NFKD')
    .replace(/[^A-Za-z\d]+/g, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '')
  const plain =
    words.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1)).join('') ||
    method
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? plain : `${plain}${number}`
    if (taken.has(id)) continue
    taken.add(id)
    return id
  }
}

function tagsOf(items: readonly ExportItem[], above: readonly string[]): object[] {
  return items.flatMap((item) => {
    if (item.kind === 'request') return []
    const path = [...above, item.name]
    const hasRequests = item.items.some(({ kind }) => kind === 'request')
    const own = hasRequests ? [{ name: path.join(' / '), ...(item.docs !== '' && { description: item.docs }) }] : []
    return [...own, ...tagsOf(item.items, path)]
  })
}
