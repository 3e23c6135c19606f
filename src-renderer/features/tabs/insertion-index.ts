/**
 * The place in a row that a horizontal position stands for: before the first box whose middle is right of it.
 *
 * @returns from 0 to the number of boxes
 */
export function insertionIndex(boxes: readonly { readonly left: number; readonly width: number }[], x: number): number {
  const index = boxes.findIndex((box) => x < box.left + box.width / 2)
  return index < 0 ? boxes.length : index
}
