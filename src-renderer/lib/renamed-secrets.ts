/** Under which name the value of a secret is kept while the variable's new name is not saved. Pure. */
import type { Variable } from '#contract/model/variable.ts'

interface RenamedSecret {
  readonly from: string
  readonly to: string
}

/**
 * The name that the secret of a row is kept under: the one it had in the file, where that name is no longer there and stood in
 * this row; else its own.
 */
export function keptName(before: readonly Variable[] | null, now: readonly Variable[], index: number): string {
  const name = now[index]?.name.trim() ?? ''
  const was = before?.[index]
  const wasHere = before?.some((other) => other.name === name) ?? false
  if (was?.secret !== true || wasHere || now.some((other) => other.name.trim() === was.name)) return name
  return was.name
}

/** The secrets that a save gives another name. */
export function renamedSecrets(before: readonly Variable[] | null, now: readonly Variable[]): readonly RenamedSecret[] {
  return now.flatMap((variable, index) => {
    const to = variable.name.trim()
    const from = variable.secret === true ? keptName(before, now, index) : to
    return from === to || to === '' ? [] : [{ from, to }]
  })
}
