/** What is wrong with a request, sorted to the fields it stands beside. */
import type { FieldRef, WireError } from '#contract/errors.ts'
import type { HeaderNote } from '#contract/model/prepared.ts'
import type { CellProblem } from '../ui/key-value-table/index.ts'

type Section = FieldRef['section']

/** The problems of one section of the editor. */
export function problemsIn(problems: readonly WireError[], section: Section): WireError[] {
  return problems.filter((problem) => problem.where?.section === section)
}

/** The problems of a table's cells. `rowOf` maps an index of the document to one of the table; null leaves it out. */
export function cellProblems(problems: readonly WireError[], rowOf: (index: number) => number | null = (index) => index): CellProblem[] {
  return problems.flatMap(({ where, message, hint }): CellProblem[] => {
    const row = where?.row === undefined ? null : rowOf(where.row)
    return row === null ? [] : [{ row, field: where?.field ?? 'value', message, ...(hint !== undefined && { hint }) }]
  })
}

/** What becomes of rows that are not simply sent, beside them: nothing is wrong with them. */
export function cellNotes(notes: readonly HeaderNote[]): CellProblem[] {
  return notes.map(({ row, message }) => ({ row, field: 'value', message, tone: 'warning' }))
}

/** The problem of one field that is no cell. */
export function problemOf(problems: readonly WireError[], field: string): WireError | undefined {
  return problems.find((problem) => problem.where?.row === undefined && problem.where?.field === field)
}

/** Problems that stand beside none of the given fields: shown at the top of their section. */
export function otherProblems(problems: readonly WireError[], fields: readonly string[]): WireError[] {
  return problems.filter(({ where }) => where?.row === undefined && !fields.includes(where?.field ?? ''))
}
