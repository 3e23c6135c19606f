/** What is wrong with a cell, in words under its row. */
import { ProblemNote } from '../problem-note.tsx'

export interface CellProblem {
  /** Zero-based index of the row. */
  readonly row: number
  /** `name`, or anything else for the value cell. */
  readonly field: string
  readonly message: string
  readonly hint?: string
  /** Absent: it keeps the table from being used. `warning`: it is only to be known, and nothing is invalid. */
  readonly tone?: 'warning'
}

export function CellProblems({ id, problems }: { readonly id: string; readonly problems: readonly CellProblem[] }) {
  if (problems.length === 0) return null
  return (
    <div id={id}>
      {problems.map((problem, index) => (
        <ProblemNote
          key={index}
          message={problem.message}
          {...(problem.hint !== undefined && { hint: problem.hint })}
          {...(problem.tone && { tone: problem.tone })}
        />
      ))}
    </div>
  )
}
