/** What a request is called that has no name: its method and path, short enough for a list. */
import { splitUrl } from '#contract/model/url-query.ts'

const MAX_NAME = 80

export function requestName(method: string, url: string): string {
  const base = splitUrl(url)
    .base.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^/@]*@/, '')
  const slash = base.indexOf('/')
  const path = slash < 0 ? '' : base.slice(slash).replace(/\/+$/, '')
  const name = `${method} ${path === '' ? (slash < 0 ? base : base.slice(0, slash)) : path}`.trim()
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name
}
