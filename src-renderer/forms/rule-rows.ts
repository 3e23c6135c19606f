/** Rules that a request keeps by name, such as proxies by scheme, as rows that can be typed into. Pure. */
export interface RuleRow {
  readonly name: string
  readonly value: string
}

export type Rules = Readonly<Record<string, string | null>>

/** The rows of rules; null is an empty value. */
export function rowsOfRules(rules: Rules | undefined): readonly RuleRow[] {
  return Object.entries(rules ?? {}).map(([name, value]) => ({ name, value: value ?? '' }))
}

/** The rules of rows: the first of a name counts, rows without one are left out. Undefined where none is left. */
export function rulesOfRows(rows: readonly RuleRow[]): Readonly<Record<string, string>> | undefined {
  const rules: Record<string, string> = {}
  for (const { name, value } of rows) {
    const key = name.trim()
    if (key !== '' && !Object.hasOwn(rules, key)) rules[key] = value
  }
  return Object.keys(rules).length === 0 ? undefined : rules
}

/** Whether the rows still say what the rules do: if not, the rules were changed by something else, such as undo. */
export function isOfRules(rows: readonly RuleRow[], rules: Rules | undefined): boolean {
  const flat = Object.fromEntries(Object.entries(rules ?? {}).map(([name, value]) => [name, value ?? '']))
  return JSON.stringify(rulesOfRows(rows) ?? {}) === JSON.stringify(flat)
}

/** Rows whose name a row before them has, by index: they do not count. */
export function repeatedRows(rows: readonly RuleRow[]): ReadonlySet<number> {
  const seen = new Set<string>()
  return new Set(
    rows.flatMap(({ name }, index) => {
      const key = name.trim()
      const isRepeated = key !== '' && seen.has(key)
      seen.add(key)
      return isRepeated ? [index] : []
    }),
  )
}
