/** The bytes of a body as hex, read range by range as one scrolls. */
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import { readBytes } from '../../actions/bodies.ts'
import { bytesPerRow, hexRow, offsetDigits, shortDigits } from './hex-rows.ts'
import styles from './hex-view.module.css'
import { PageCache } from './page-cache.ts'
import { VirtualRows, type RowWindow } from './virtual-rows.tsx'

const PAGE_BYTES = 65_536
const PAGES_KEPT = 32
/** Columns whose width is measured. */
const PROBE = 100
/** Beside the rows: their padding and the scroll bar. */
const MARGINS_PX = 36

export interface HexViewProps {
  readonly bodyId: BodyId
  readonly bytes: number
}

export function HexView({ bodyId, bytes }: HexViewProps) {
  return <HexRows key={bodyId} bodyId={bodyId} bytes={bytes} />
}

function HexRows({ bodyId, bytes }: HexViewProps) {
  const [cache] = useState(
    () => new PageCache<Uint8Array>({ pages: Math.ceil(bytes / PAGE_BYTES), kept: PAGES_KEPT, read: pageOf(bodyId) }),
  )
  useEffect(() => () => cache.close(), [cache])
  useSyncExternalStore(cache.subscribe, cache.version)
  const digits = offsetDigits(bytes)
  const box = useRef<HTMLDivElement>(null)
  const perRow = usePerRow(box, digits)
  return (
    <div ref={box} className={styles.view}>
      <span className={styles.probe} aria-hidden="true">
        {'0'.repeat(PROBE)}
      </span>
      <VirtualRows key={perRow} label="Bytes of the body" rowCount={Math.ceil(bytes / perRow)} width={0}>
        {(rows) => <VisibleBytes cache={cache} rows={rows} digits={perRow > 8 ? digits : shortDigits(bytes)} perRow={perRow} />}
      </VirtualRows>
    </div>
  )
}

function VisibleBytes({
  cache,
  rows,
  digits,
  perRow,
}: {
  readonly cache: PageCache<Uint8Array>
  readonly rows: RowWindow
  readonly digits: number
  readonly perRow: number
}) {
  const { first, last } = rows
  const rowsPerPage = PAGE_BYTES / perRow
  useEffect(() => cache.want(Math.floor(first / rowsPerPage), Math.floor(last / rowsPerPage)), [cache, first, last, rowsPerPage])
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const number = first + index
    const from = (number % rowsPerPage) * perRow
    const bytes = cache.page(Math.floor(number / rowsPerPage))?.subarray(from, from + perRow)
    const row = hexRow(bytes ?? new Uint8Array(), number * perRow, digits, perRow)
    return (
      <div key={number} className={styles.row} data-narrow={perRow <= 8}>
        <span className={styles.offset}>{row.offset}</span>
        <span>{row.hex}</span>
        <span className={styles.ascii}>{row.ascii}</span>
      </div>
    )
  })
}

/** Bytes to a row, as the view is wide enough for. */
function usePerRow(box: RefObject<HTMLDivElement | null>, digits: number): number {
  const [perRow, setPerRow] = useState(() => bytesPerRow(Infinity, digits))
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = (): void => {
      const column = (element.firstElementChild?.getBoundingClientRect().width ?? 0) / PROBE
      if (column > 0) setPerRow(bytesPerRow((element.clientWidth - MARGINS_PX) / column, digits))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [box, digits])
  return perRow
}

function pageOf(bodyId: BodyId) {
  return async (page: number, signal: AbortSignal): Promise<Uint8Array | null> => {
    const read = await readBytes(bodyId, page * PAGE_BYTES, PAGE_BYTES, signal)
    return read.ok ? read.value.bytes : null
  }
}
