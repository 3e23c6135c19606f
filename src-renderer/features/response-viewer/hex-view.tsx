/** The bytes of a body as hex, read range by range as one scrolls. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import { readBytes } from '../../actions/bodies.ts'
import { BYTES_PER_ROW, hexRow, offsetDigits } from './hex-rows.ts'
import styles from './hex-view.module.css'
import { PageCache } from './page-cache.ts'
import { VirtualRows, type RowWindow } from './virtual-rows.tsx'

const PAGE_BYTES = 65_536
const ROWS_PER_PAGE = PAGE_BYTES / BYTES_PER_ROW
const PAGES_KEPT = 32

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
  return (
    <VirtualRows label="Bytes of the body" rowCount={Math.ceil(bytes / BYTES_PER_ROW)} width={0}>
      {(rows) => <VisibleBytes cache={cache} rows={rows} digits={offsetDigits(bytes)} />}
    </VirtualRows>
  )
}

function VisibleBytes({
  cache,
  rows,
  digits,
}: {
  readonly cache: PageCache<Uint8Array>
  readonly rows: RowWindow
  readonly digits: number
}) {
  const { first, last } = rows
  useEffect(() => cache.want(Math.floor(first / ROWS_PER_PAGE), Math.floor(last / ROWS_PER_PAGE)), [cache, first, last])
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const number = first + index
    const from = (number % ROWS_PER_PAGE) * BYTES_PER_ROW
    const bytes = cache.page(Math.floor(number / ROWS_PER_PAGE))?.subarray(from, from + BYTES_PER_ROW)
    const row = hexRow(bytes ?? new Uint8Array(), number * BYTES_PER_ROW, digits)
    return (
      <div key={number} className={styles.row}>
        <span className={styles.offset}>{row.offset}</span>
        <span>{row.hex}</span>
        <span className={styles.ascii}>{row.ascii}</span>
      </div>
    )
  })
}

function pageOf(bodyId: BodyId) {
  return async (page: number, signal: AbortSignal): Promise<Uint8Array | null> => {
    const read = await readBytes(bodyId, page * PAGE_BYTES, PAGE_BYTES, signal)
    return read.ok ? read.value.bytes : null
  }
}
