/** Which headers of two answers differ. Names count whatever their case; lines of one name are compared as they come. */
import type { HeaderList } from '#contract/model/exchange.ts'
import { maskedValue } from '../../lib/mask-header.ts'

export interface HeaderChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly name: string
  /** Values with what is secret in them hidden; a line for each, null where the side has none. */
  readonly left: string | null
  readonly right: string | null
}

export function headerChanges(left: HeaderList, right: HeaderList): readonly HeaderChange[] {
  const [before, after] = [byName(left), byName(right)]
  const changes: HeaderChange[] = []
  for (const [key, { name, values }] of after) {
    const was = before.get(key)
    if (was === undefined) changes.push({ kind: 'added', name, left: null, right: shown(name, values) })
    else if (was.values.join('\n') !== values.join('\n'))
      changes.push({ kind: 'changed', name, left: shown(name, was.values), right: shown(name, values) })
  }
  for (const [key, { name, values }] of before) {
    if (!after.has(key)) changes.push({ kind: 'removed', name, left: shown(name, values), right: null })
  }
  return changes
}

function byName(headers: HeaderList): Map<string, { readonly name: string; readonly values: string[] }> {
  const found = new Map<string, { readonly name: string; readonly values: string[] }>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const known = found.get(key)
    if (known) known.values.push(value)
    else found.set(key, { name, values: [value] })
  }
  return found
}

function shown(name: string, values: readonly string[]): string {
  return values.map((value) => maskedValue(name, value)).join('\n')
}
