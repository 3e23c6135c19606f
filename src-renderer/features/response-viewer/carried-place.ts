/** Where a line that was in sight while its text arrived stands in the text once that is whole, and may be laid out. */
import type { LineSource } from './line-source.ts'
import type { TextPoint } from './text-selection.ts'

/**
 * On the same line where that reads the same, but for its indentation, else as far into the text.
 *
 * @param arrived the lines as they came, with `top` of them in sight
 * @param whole the lines of the text, of which there may be more to come
 */
export async function placeInWhole(arrived: LineSource, top: TextPoint, whole: LineSource): Promise<TextPoint> {
  if (top.line === 0) return top
  const had = arrived.line(top.line)
  const at = await whole.place(top)
  const [row] = at?.line === top.line ? ((await whole.read(top.line, top.line)) ?? []) : []
  if (row !== undefined && had !== undefined && row.text.trim().startsWith(had.trim())) return top
  const lines = whole.count / (whole.share ?? 1)
  return { line: Math.floor((top.line / Math.max(1, arrived.count)) * lines), column: 0 }
}
