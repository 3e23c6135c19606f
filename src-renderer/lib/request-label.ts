/** What a request goes by while nobody has named it: its method and where it goes. */
import { UNTITLED } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { methodShown } from '#contract/model/method-shown.ts'
import { t } from './t.ts'

/** Whether the request still has the name every new one gets. */
export function isUntitled(document: Pick<RequestDocument, 'name'>): boolean {
  return document.name === UNTITLED
}

/**
 * The path of an address as it was typed, without its query; its host where it has no path. Empty where nothing is typed.
 * Not a parsed URL: it may hold `{{variables}}` and be half typed.
 */
export function pathOrHost(url: string): string {
  const address = url
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[?#].*$/s, '')
  const slash = address.indexOf('/')
  const path = slash < 0 ? '' : address.slice(slash).replace(/\/+$/, '')
  // Credentials before the host are nobody's name.
  return path === '' ? (slash < 0 ? address : address.slice(0, slash)).replace(/^.*@/, '') : path
}

/** The name of a request: its own, or while it has none such as `GET /users`. */
export function requestLabel(document: Pick<RequestDocument, 'name' | 'method' | 'url' | 'body'>): string {
  const where = isUntitled(document) ? pathOrHost(document.url) : ''
  if (where === '') return isUntitled(document) ? t`Untitled request` : document.name
  return `${methodShown(document)} ${where}`.trim()
}
