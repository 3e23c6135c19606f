/** Names for requests that have none: the function that they are made in, or method and path. */
import { splitUrl } from '#contract/model/url-query.ts'
import type { MadeRequest } from './made-request.ts'

/** One for each, no two the same. */
export function requestNames(requests: readonly MadeRequest[]): string[] {
  const taken = new Set<string>()
  return requests.map((made) => {
    const wanted = made.caller === '' ? plainName(made) : words(made.caller)
    const second = made.caller === '' ? wanted : `${wanted}: ${plainName(made)}`
    for (let number = 0; ; number += 1) {
      const name = number === 0 ? wanted : number === 1 ? second : `${second} ${number}`
      if (taken.has(name)) continue
      taken.add(name)
      return name
    }
  })
}

/** `create_user` and `createUser` as `Create user`. */
function words(name: string): string {
  const plain = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll('_', ' ')
    .trim()
    .toLowerCase()
    .replace(/^test (?=\S)/, '')
  return plain.slice(0, 1).toUpperCase() + plain.slice(1)
}

function plainName({ document: { method, url } }: MadeRequest): string {
  const { base } = splitUrl(url)
  const address = base.replace(/^[a-z][a-z\d+.-]*:\/\//i, '').replace(/^[^/]*@/, '')
  const slash = address.indexOf('/')
  const path = slash < 0 ? '' : address.slice(slash)
  const shown = (path === '' || path === '/' ? (slash < 0 ? address : address.slice(0, slash)) : path).replaceAll(
    /\{\{([^{}]*)\}\}/g,
    '{$1}',
  )
  return `${method} ${shown}`.trim().slice(0, 100)
}
