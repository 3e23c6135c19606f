/** What is wrong with a session's name as it is typed. Pure. */

/** Why the name cannot be; null: it can. */
export function sessionNameProblem(name: string, others: readonly { readonly name: string }[]): string | null {
  const trimmed = name.trim()
  if (trimmed === '') return 'The name is empty.'
  return others.some((other) => other.name === trimmed) ? `There is a session ${trimmed} already.` : null
}
