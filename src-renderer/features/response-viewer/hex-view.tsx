/** The bytes of a body as hex, read range by range as one scrolls; some of them can be chosen and copied. */
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import { HexBar } from './hex-bar.tsx'
import { copyBytes } from './hex-bytes.ts'
import { HexPages, PAGE_BYTES } from './hex-pages.ts'
import { bytesPerRow, hexRow, offsetDigits, shortDigits } from './hex-rows.ts'
import { byteAtColumn, columnsOf, selectionAfterKey, spanOf, type ByteSelection, type ByteSpan } from './hex-selection.ts'
import styles from './hex-view.module.css'
import { VirtualRows, type RowWindow, type VirtualRowsHandle } from './virtual-rows.tsx'
import { t } from '../../lib/t.ts'

/** Columns whose width is measured. */
const PROBE = 100
/** Beside the rows: their padding and the scroll bar. */
const MARGINS_PX = 36

export interface HexViewProps {
  readonly bodyId: BodyId
  /** As many as there are by now. */
  readonly bytes: number
  /** Names the body where it changes its id once it is whole. */
  readonly streamKey?: string
}

export function HexView({ bodyId, bytes, streamKey }: HexViewProps) {
  return <HexRows key={streamKey ?? bodyId} bodyId={bodyId} bytes={bytes} />
}

function HexRows({ bodyId, bytes }: HexViewProps) {
  const [pages] = useState(() => new HexPages(bodyId))
  const { cache } = pages
  useEffect(() => pages.goOnAs(bodyId), [pages, bodyId])
  useEffect(() => () => cache.close(), [cache])
  useSyncExternalStore(cache.subscribe, cache.version)
  const digits = offsetDigits(bytes)
  const box = useRef<HTMLDivElement>(null)
  const list = useRef<VirtualRowsHandle>(null)
  const offsetField = useRef<HTMLInputElement>(null)
  const perRow = usePerRow(box, digits)
  const top = useRef(0)
  useLayoutEffect(() => list.current?.toTop(Math.floor(top.current / perRow)), [perRow])
  const [selection, setSelection] = useState<ByteSelection | null>(null)
  const select = (next: ByteSelection): void => {
    setSelection(next)
    list.current?.reveal(Math.floor(next.focus / perRow))
  }
  const pointer = usePointerSelection({ box, list, perRow, bytes, selection, onSelect: setSelection })
  const onKeyDown = (event: KeyboardEvent): void => {
    if (keyOfBytes(event, { bodyId, bytes, perRow, selection, onSelect: select })) event.preventDefault()
  }
  const onGoTo = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'g' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return
    event.preventDefault()
    offsetField.current?.focus()
    offsetField.current?.select()
  }
  return (
    <div className={styles.whole} onKeyDown={onGoTo}>
      <div ref={box} className={styles.view} {...pointer}>
        <span className={styles.probe} aria-hidden="true">
          {'0'.repeat(PROBE)}
        </span>
        <VirtualRows label={t`Bytes of the body`} rowCount={Math.ceil(bytes / perRow)} width={0} handle={list} onKeyDown={onKeyDown}>
          {(rows) => (
            <VisibleBytes
              pages={pages}
              bytes={bytes}
              topRef={top}
              rows={rows}
              digits={perRow > 8 ? digits : shortDigits(bytes)}
              perRow={perRow}
              span={selection && spanOf(selection)}
            />
          )}
        </VirtualRows>
      </div>
      <HexBar bodyId={bodyId} bytes={bytes} selection={selection} onSelect={select} offsetField={offsetField} />
    </div>
  )
}

interface ByteKeys {
  readonly bodyId: BodyId
  readonly bytes: number
  readonly perRow: number
  readonly selection: ByteSelection | null
  readonly onSelect: (selection: ByteSelection) => void
}

/** Whether a key was one for the selection. */
function keyOfBytes(event: KeyboardEvent, { bodyId, bytes, perRow, selection, onSelect }: ByteKeys): boolean {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
  const key = event.key.toLowerCase()
  if (isCommand && key === 'a') {
    onSelect({ anchor: 0, focus: bytes - 1 })
    return true
  }
  if (selection === null) return false
  if (isCommand && key === 'c') {
    void copyBytes(bodyId, spanOf(selection), 'hex')
    return true
  }
  const moved = event.ctrlKey || event.metaKey || event.altKey ? null : selectionAfterKey(selection, event, perRow, bytes)
  if (moved !== null) onSelect(moved)
  return moved !== null
}

interface VisibleBytesProps {
  readonly pages: HexPages
  readonly bytes: number
  /** Keeps which byte stands at the upper edge. */
  readonly topRef: RefObject<number>
  readonly rows: RowWindow
  readonly digits: number
  readonly perRow: number
  /** The bytes that are chosen. */
  readonly span: ByteSpan | null
}

function VisibleBytes({ pages, bytes: total, topRef, rows, digits, perRow, span }: VisibleBytesProps) {
  const { first, last } = rows
  const rowsPerPage = PAGE_BYTES / perRow
  // Not only when one scrolls: there may be more of a page than was read of it.
  useEffect(() => pages.want(Math.floor(first / rowsPerPage), Math.floor(last / rowsPerPage), total))
  useEffect(() => {
    topRef.current = first * perRow
  }, [topRef, first, perRow])
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const number = first + index
    const from = (number % rowsPerPage) * perRow
    const bytes = pages.cache.page(Math.floor(number / rowsPerPage))?.subarray(from, from + perRow)
    const row = hexRow(bytes ?? new Uint8Array(), number * perRow, digits, perRow)
    const chosen = chosenIn(number * perRow, perRow, span)
    return (
      <div key={number} className={styles.row} data-narrow={perRow <= 8}>
        <span className={styles.offset}>{row.offset}</span>
        <span data-part="hex">{marked(row.hex, chosen && columnsOf(chosen.first, chosen.last))}</span>
        <span className={styles.ascii} data-part="text">
          {marked(row.ascii, chosen && { start: chosen.first, end: chosen.last + 1 })}
        </span>
      </div>
    )
  })
}

/** Which bytes of a row are chosen, counted from its first. */
function chosenIn(offset: number, perRow: number, span: ByteSpan | null): ByteSpan | null {
  if (span === null || span.last < offset || span.first >= offset + perRow) return null
  return { first: Math.max(0, span.first - offset), last: Math.min(perRow - 1, span.last - offset) }
}

function marked(text: string, part: { readonly start: number; readonly end: number } | null): ReactNode {
  if (part === null) return text
  return (
    <>
      {text.slice(0, part.start)}
      <mark className={styles.chosen}>{text.slice(part.start, part.end)}</mark>
      {text.slice(part.end)}
    </>
  )
}

interface PointerSelection {
  readonly box: RefObject<HTMLDivElement | null>
  readonly list: RefObject<VirtualRowsHandle | null>
  readonly perRow: number
  readonly bytes: number
  readonly selection: ByteSelection | null
  readonly onSelect: (selection: ByteSelection) => void
}

/** Choosing bytes with the mouse: a press begins, moving or Shift extends. */
function usePointerSelection({ box, list, perRow, bytes, selection, onSelect }: PointerSelection) {
  const anchor = useRef<number | null>(null)
  const byteAt = (event: PointerEvent): number | null => {
    const row = list.current?.rowAt(event.clientY)
    const parts = box.current?.querySelectorAll<HTMLElement>('[data-part]')
    const [hex, text] = parts ?? []
    if (row === undefined || !hex || !text) return null
    const textBox = text.getBoundingClientRect()
    const hexBox = hex.getBoundingClientRect()
    const column = hexBox.width / Math.max(1, hex.textContent.length)
    const isInText = event.clientX >= textBox.left - column
    const inRow = isInText
      ? Math.min(perRow - 1, Math.max(0, Math.floor((event.clientX - textBox.left) / column)))
      : byteAtColumn((event.clientX - hexBox.left) / column, perRow)
    return Math.min(bytes - 1, row * perRow + inRow)
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      const isOnRow = event.target instanceof Element && event.target.closest('[data-part]') !== null
      const byte = event.button === 0 && isOnRow ? byteAt(event) : null
      if (byte === null) return
      anchor.current = event.shiftKey && selection ? selection.anchor : byte
      onSelect({ anchor: anchor.current, focus: byte })
    },
    onPointerMove: (event: PointerEvent) => {
      if (anchor.current === null) return
      if ((event.buttons & 1) === 0) {
        anchor.current = null
        return
      }
      const byte = byteAt(event)
      if (byte !== null) onSelect({ anchor: anchor.current, focus: byte })
    },
    onPointerUp: () => {
      anchor.current = null
    },
  }
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
