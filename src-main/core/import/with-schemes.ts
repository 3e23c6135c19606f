/**
 * Addresses without a scheme, which some programs send by http and Posthaste does not send at all: the scheme that the
 * program would put in front stands in the URL, also where the address is in a variable that the import brings along.
 */
import { likelyScheme } from '#contract/model/missing-scheme.ts'
import type { ImportFormat } from '#contract/model/import.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { Imported, ImportedItem } from './imported.ts'

/** What each program puts in front. */
const SCHEMES: Readonly<Partial<Record<ImportFormat, (address: string) => 'http' | 'https'>>> = {
  postman: () => 'http',
  insomnia: () => 'http',
  bruno: () => 'http',
  'thunder-client': () => 'http',
  hoppscotch: likelyScheme,
}

const SCHEME = /^[A-Za-z][A-Za-z\d+.-]*:\/\//
const REFERENCE_FIRST = /^\{\{\s*([^{}]+?)\s*\}\}(?!:\/\/)/

export function withSchemes(imported: Imported): Imported {
  const schemeOf = SCHEMES[imported.format]
  if (!schemeOf) return imported
  const values = valuesOf(imported)
  let count = 0
  const mend = (item: ImportedItem): ImportedItem => {
    if (item.kind === 'folder') return { ...item, items: item.items.map(mend) }
    const { document } = item
    const address = document.body.kind === 'websocket' ? null : bareAddress(document.url, values)
    if (address === null) return item
    count += 1
    return { ...item, document: { ...document, url: `${schemeOf(address)}://${document.url.trimStart()}` } }
  }
  const items = imported.items.map(mend)
  if (count === 0) return imported
  const whose = count === 1 ? 'One address has' : `${count} addresses have`
  const message = `${whose} no scheme: it is written in front here, as the program sends them.`
  return { ...imported, items, notes: [...imported.notes, { severity: 'changed', where: '', line: null, message }] }
}

/** The address that surely has no scheme; null where it has one, is none, or nothing says what its first variable is. */
function bareAddress(url: string, values: ReadonlyMap<string, readonly string[]>): string | null {
  const typed = url.trim()
  if (typed === '' || SCHEME.test(typed) || /^[/:?#]/.test(typed)) return null
  if (!typed.startsWith('{{')) return typed
  const name = REFERENCE_FIRST.exec(typed)?.[1]
  const known = (name === undefined ? [] : (values.get(name) ?? [])).filter((value) => value.trim() !== '')
  const isBare = known.every((value) => !SCHEME.test(value.trim()) && !value.includes('{{') && /^[\w.[\]:-]+(?:\/|$)/.test(value.trim()))
  return known.length > 0 && isBare ? (known[0] ?? null) : null
}

/** Values of every variable that comes along, wherever it is defined. */
function valuesOf({ defaults, environments, items }: Imported): Map<string, string[]> {
  const values = new Map<string, string[]>()
  const add = (variables: readonly Variable[]): void => {
    for (const { name, value, enabled } of variables) if (enabled) values.set(name, [...(values.get(name) ?? []), value])
  }
  const walk = (list: readonly ImportedItem[]): void => {
    for (const item of list) {
      add(item.kind === 'folder' ? item.defaults.variables : item.document.variables)
      if (item.kind === 'folder') walk(item.items)
    }
  }
  add(defaults.variables)
  for (const { environment } of environments) add(environment.variables)
  walk(items)
  return values
}
