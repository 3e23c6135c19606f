/** Tables of variables: those of a request, of an environment, and of defaults. */
export type { Secrets } from './secret-cell.tsx'
export { VariableTable } from './variable-table.tsx'
