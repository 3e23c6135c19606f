/**
 * Dragging rows of the tree. Rows are of one height, so where the pointer stands is reckoned, not measured row by row:
 * it works at any number of rows, drawn or not.
 */
import { PointerSensor, useSensor, useSensors, type Active } from '@dnd-kit/core'
import { useEffect, useState, type RefObject } from 'react'
import { moveNodes } from '../../actions/collections.ts'
import { dropPlace, zoneAt, type DropZone, type NodeRow, type TreeRow } from '../../lib/tree-rows.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { followPointer, pointerPlace } from '../../ui/pointer-place.ts'

export interface DropTarget {
  readonly index: number
  readonly zone: DropZone
}

export interface TreeDrag {
  /** The row that was pressed, and with it all that is chosen where it is of that. */
  readonly rows: readonly NodeRow[]
  /** Null where a drop would do nothing. */
  readonly target: DropTarget | null
}

/** The props of the tree's `DndContext`, and the drag under way. */
export function useTreeDrag(
  rows: readonly TreeRow[],
  rowsFor: (row: TreeRow) => readonly TreeRow[],
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
) {
  const [drag, setDrag] = useState<TreeDrag | null>(null)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }))
  useEffect(followPointer, [])

  const rowsOf = (active: Active): readonly NodeRow[] => {
    const row = rows.find((candidate) => candidate.key === active.id)
    return row ? rowsFor(row).filter((one) => one.kind === 'node') : []
  }
  const targetOf = (dragged: readonly NodeRow[]): DropTarget | null => {
    const box = scroller.current
    const pointer = pointerPlace()
    if (!box || !pointer) return null
    const y = pointer.y - box.getBoundingClientRect().top
    if (y < 0 || y > box.clientHeight) return null
    const place = (y + box.scrollTop) / rowHeight
    const index = Math.min(Math.floor(place), rows.length - 1)
    const over = rows[index]
    if (!over || dragged.length === 0 || dragged.some(({ key }) => key === over.key)) return null
    const zone = zoneAt(over, place - index)
    const { collections } = useCollectionsStore.getState()
    return dragged.every(({ node }) => dropPlace(collections, over, zone, node.id)) ? { index, zone } : null
  }

  return {
    drag,
    sensors,
    onDragStart: ({ active }: { readonly active: Active }) => {
      const dragged = rowsOf(active)
      if (dragged.length > 0) setDrag({ rows: dragged, target: null })
    },
    onDragMove: () => {
      if (!drag) return
      const target = targetOf(drag.rows)
      if (target?.index !== drag.target?.index || target?.zone !== drag.target?.zone) setDrag({ ...drag, target })
    },
    onDragEnd: ({ active }: { readonly active: Active }) => {
      setDrag(null)
      const dragged = rowsOf(active)
      const target = targetOf(dragged)
      const over = target && rows[target.index]
      const [first] = dragged
      if (!first || !target || !over) return
      const place = dropPlace(useCollectionsStore.getState().collections, over, target.zone, first.node.id)
      const ids = dragged.map(({ node }) => node.id)
      if (place) void moveNodes(ids, place.parent, place.index)
    },
    onDragCancel: () => setDrag(null),
  }
}
