/**
 * Links in the notes of requests. One to another request is its file, relative to the folder that the notes' own file is in,
 * as in any Markdown beside files: so a collection can lead through itself. Pure.
 */
import type { NodeId } from '#contract/model/ids.ts'

/** Whether notes lead on to another request. */
export function leadsOn(docs: string): boolean {
  return /\]\((?:<[^>\n]+\.ya?ml>|[^)\s]+\.ya?ml)\)/i.test(docs)
}

/**
 * The request that a link leads to; null where it is none of the collection.
 *
 * @param from the request whose notes they are
 * @param ids of all requests
 */
export function linkedRequest(from: NodeId, href: string, ids: ReadonlySet<NodeId>): NodeId | null {
  if (/^[a-z][a-z0-9+.-]*:|^[/\\#]/i.test(href)) return null
  const [collection = '', ...folders] = from.split('/').slice(0, -1)
  const path = [...folders]
  for (const part of decoded(href).split('/')) {
    if (part === '..' && path.length === 0) return null
    if (part === '..') path.pop()
    else if (part !== '.' && part !== '') path.push(part)
  }
  const id = [collection, ...path].join('/')
  return [...ids].find((one) => one === id) ?? null
}

/** The place in the manual that a link such as `manual:variables#secrets` leads to; null where it leads elsewhere. */
export function linkedManual(href: string): { readonly page: string | undefined; readonly heading: string | null } | null {
  const [, page = '', heading = ''] = /^manual:([\w/-]*)(?:#(.+))?$/i.exec(href) ?? []
  if (!/^manual:/i.test(href)) return null
  return { page: page === '' ? undefined : page, heading: heading === '' ? null : heading }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
