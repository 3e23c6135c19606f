/** The rows of a long table: only those in view are drawn, inside whichever pane scrolls. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useImperativeHandle, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { TableRow } from './row-edits.ts'
import { TableRowView, type TableRowViewProps } from './table-row.tsx'

interface VirtualRowsProps<R extends TableRow> {
  readonly count: number
  readonly rowProps: (index: number) => TableRowViewProps<R>
  /** Filled with a function that scrolls to a row. */
  readonly reveal: RefObject<((index: number) => void) | null>
}

const ROW_HEIGHT_PX = 33

export function VirtualRows<R extends TableRow>({ count, rowProps, reveal }: VirtualRowsProps<R>) {
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ readonly pane: HTMLElement; readonly top: number } | null>(null)
  useLayoutEffect(() => {
    const element = box.current
    const pane = element && scrollParent(element)
    if (!pane) return
    setPlace({ pane, top: element.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop })
  }, [])
  // eslint-disable-next-line react-hooks/incompatible-library -- this component is not memoised, and the functions go no further
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => place?.pane ?? null,
    estimateSize: () => ROW_HEIGHT_PX,
    scrollMargin: place?.top ?? 0,
    overscan: 10,
  })
  useImperativeHandle(reveal, () => (index: number) => virtualizer.scrollToIndex(index), [virtualizer])
  return (
    <div ref={box} role="rowgroup" style={{ position: 'relative', height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((item) => (
        <TableRowView
          key={item.index}
          {...rowProps(item.index)}
          measure={virtualizer.measureElement}
          style={{ position: 'absolute', top: item.start - (place?.top ?? 0), right: 0, left: 0 }}
        />
      ))}
    </div>
  )
}

function scrollParent(element: HTMLElement): HTMLElement | null {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent
  }
  return document.documentElement
}
