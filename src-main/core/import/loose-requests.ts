/**
 * Requests of an import that go into tabs rather than into a collection. What the import gives to all of them would have no
 * place there, so each has the variables that it refers to as its own.
 */
import type { RequestDocument } from '#contract/model/request.ts'
import type { Variable } from '#contract/model/variable.ts'
import type { Imported, ImportedItem } from './imported.ts'

/** @param limit how many at most, in their order */
export function looseRequests({ items, defaults, secrets }: Imported, limit: number): RequestDocument[] {
  const found: RequestDocument[] = []
  const walk = (list: readonly ImportedItem[]): void => {
    for (const item of list) {
      if (found.length >= limit) return
      if (item.kind === 'request') found.push(item.document)
      else walk(item.items)
    }
  }
  walk(items)
  const known = defaults.variables.flatMap((variable) => withValue(variable, secrets))
  return known.length === 0 ? found : found.map((document) => withVariables(document, known))
}

/** The value of a secret stood in what was pasted; without one there is nothing to bring along. */
function withValue({ secret, ...variable }: Variable, secrets: Imported['secrets']): Variable[] {
  if (secret !== true) return [variable]
  const value = Object.hasOwn(secrets, variable.name) ? (secrets[variable.name] ?? '') : ''
  return value === '' ? [] : [{ ...variable, value }]
}

function withVariables(document: RequestDocument, known: readonly Variable[]): RequestDocument {
  const own = document.variables ?? []
  const free = known.filter(({ name }) => !own.some((one) => one.name === name))
  const used = new Set<Variable>()
  for (let texts = [JSON.stringify(document)]; texts.length > 0;) {
    const next = free.filter((one) => !used.has(one) && texts.some((text) => refersTo(text, one.name)))
    for (const one of next) used.add(one)
    texts = next.map(({ value }) => value)
  }
  return used.size === 0 ? document : { ...document, variables: [...own, ...free.filter((one) => used.has(one))] }
}

function refersTo(text: string, name: string): boolean {
  return text.includes(`{{${name}}}`)
}
