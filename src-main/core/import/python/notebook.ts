/** The code of a Jupyter notebook: its code cells, one after the other. */
import { z } from 'zod'
import type { SourceFile } from '../import-source.ts'

const NotebookSchema = z.object({
  nbformat: z.number(),
  cells: z.array(z.object({ cell_type: z.string(), source: z.union([z.string(), z.array(z.string())]) })),
})

/** Null where the file is no notebook. */
export function notebookCode(file: SourceFile): string | null {
  if (!/^\s*\{/.test(file.text) || !file.text.includes('"cells"')) return null
  const notebook = NotebookSchema.safeParse(file.json())
  if (!notebook.success) return null
  const cells = notebook.data.cells.filter((cell) => cell.cell_type === 'code')
  return cells.map(({ source }) => (typeof source === 'string' ? source : source.join(''))).join('\n\n')
}
