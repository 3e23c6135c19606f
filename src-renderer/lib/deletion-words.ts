/** A deletion in words: what went, and from where. */
import type { Deletion } from '#contract/model/workspace.ts'
import { t } from './t.ts'

/** `“Create user”`, or `“Create user” and 2 more`. */
export function deletionName({ items: [first, ...others] }: Deletion): string {
  const name = `“${first?.name ?? ''}”`
  return others.length === 0 ? name : t`${name} and ${others.length} more`
}

/**
 * Where the first of it was: its collection, by the name it has now or its folder's, and the folders below.
 *
 * @param nameOf the name of the open collection of a folder; null where none is
 */
export function deletionPlace({ items: [first] }: Deletion, nameOf: (root: string) => string | null): string {
  if (!first) return ''
  const collection = nameOf(first.root) ?? first.root.split(/[/\\]/).at(-1) ?? first.root
  return [collection, ...first.path.split('/').slice(0, -1)].join(' / ')
}
