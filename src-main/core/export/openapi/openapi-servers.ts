/** Where requests go: the part of each address in front of its path, and the servers that come of it. */
import { splitUrl } from '#contract/model/url-query.ts'
import { pathStart } from '../address.ts'
import type { ExportTree, PlacedRequest } from '../export-tree.ts'
import { filled, partsOf, scopeOf, type Scope } from '../references.ts'

interface ServerObject {
  readonly url: string
  readonly description?: string
  readonly variables?: Readonly<Record<string, { readonly default: string }>>
}

export interface Servers {
  readonly root: readonly ServerObject[]
  /** Of a request that goes elsewhere; null: to the root's. */
  readonly own: (placed: PlacedRequest) => ServerObject | null
}

export function serversOf(tree: ExportTree, placed: readonly PlacedRequest[]): Servers {
  const usual = mostFrequent(placed.map((one) => originOf(one.document.url)))
  return {
    root: usual === null ? [] : rootServers(tree, usual),
    own: (one) => {
      const origin = originOf(one.document.url)
      return origin === usual || origin === '' ? null : serverOf(origin, scopeOf(tree, one))
    },
  }
}

/** Scheme and host, or the reference that stands for them. */
export function originOf(url: string): string {
  const { base } = splitUrl(url)
  return base.slice(0, pathStart(base))
}

/** A reference has a server in each environment. */
function rootServers(tree: ExportTree, origin: string): ServerObject[] {
  const { environments } = tree
  if (!origin.includes('{{') || environments.length === 0) return [serverOf(origin, scopeOf(tree))]
  const servers = environments.map((environment) => {
    const scope = scopeOf({ ...tree, environments: [environment] })
    return { ...serverOf(origin, scope), description: environment.name }
  })
  return servers
}

/** The value of the reference, with the references in it as variables of the server. */
function serverOf(origin: string, scope: Scope): ServerObject {
  const text = partsOf(origin)
    .map((part) => (typeof part === 'string' ? part : (known(part.name, scope) ?? `{{${part.name}}}`)))
    .join('')
  const variables: Record<string, { readonly default: string }> = {}
  const url = partsOf(text)
    .map((part) => {
      if (typeof part === 'string') return part
      variables[part.name] = { default: filled(`{{${part.name}}}`, scope).replace(/^\{\{.*\}\}$/, '') }
      return `{${part.name}}`
    })
    .join('')
  return { url: url === '' ? '/' : url, ...(Object.keys(variables).length > 0 && { variables }) }
}

function known(name: string, scope: Scope): string | null {
  const variable = scope.get(name)
  return variable === undefined || variable.secret === true || variable.value === '' ? null : variable.value
}

function mostFrequent(texts: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const text of texts) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1)
  const [first] = [...counts].toSorted(([, one], [, other]) => other - one)
  return first?.[0] ?? null
}
