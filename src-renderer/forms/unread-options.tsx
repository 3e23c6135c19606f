/** Options of files that count for nothing, beside those that do. They stay in their files. */
import { ProblemNote } from '../ui/problem-note.tsx'

export function UnreadOptions({ warnings }: { readonly warnings: readonly string[] }) {
  return warnings.map((warning) => <ProblemNote key={warning} tone="warning" message={warning} />)
}
