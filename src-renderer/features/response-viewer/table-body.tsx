/** A CSV as a table: any number of rows, its first row as a header that stays, and the chosen cell in full below. */
import Heading from 'lucide-react/icons/heading'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react'
import type { TableFacts } from '#contract/model/body.ts'
import { IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { BodyEncoding } from './body-encoding.tsx'
import panel from './body-panel.module.css'
import { StripActions, type BodyViewProps } from './body-view-props.tsx'
import { wantedEncoding } from './encodings.ts'
import { linesOfText, type LineSource } from './line-source.ts'
import styles from './table-body.module.css'
import { CellDetail } from './table-cell-detail.tsx'
import { cellsOf, columnName, columnsInView, layOutColumns, looksLikeHeader, numberWidth, type Cell, type Column } from './table-layout.ts'
import { TableFilterBar, useFilteredRows, useTableFilter } from './table-filter.tsx'
import { useBodyView, useLasting, type OpenedBody } from './use-body-view.ts'
import { VirtualRows, type RowWindow, type VirtualRowsHandle } from './virtual-rows.tsx'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export function TableBody(props: BodyViewProps) {
  const { choice, response, encoding, actionsAt } = props
  const { opened, error, opening } = useBodyView({
    bodyId: choice.bodyId,
    contentType: choice.contentType,
    format: 'table',
    encoding: wantedEncoding(response, encoding),
  })
  const isSlow = useLasting(opening, 200)
  const isCurrent = opened?.bodyId === choice.bodyId
  const [header, setHeader] = useState<boolean | null>(null)
  const shown = isCurrent && opened.view.table ? { opened, table: opened.view.table } : null
  return (
    <div className={panel.body}>
      <BodyEncoding {...props} view={shown && shown.opened.view} />
      {error && <ProblemNote kind={error.kind} message={error.message} />}
      {shown && shown.opened.view.note !== null && (
        <div className={panel.note}>
          <ProblemNote tone="warning" message={shown.opened.view.note} />
        </div>
      )}
      {shown && shown.table.rows === 0 && <EmptyState title={t`No rows`}>{t`The table is empty.`}</EmptyState>}
      {shown && shown.table.rows > 0 && (
        <Table
          key={shown.opened.view.viewId}
          {...shown}
          declaresNoHeader={/;\s*header\s*=\s*"?absent/i.test(choice.contentType)}
          header={header}
          onHeader={setHeader}
          actionsAt={actionsAt}
        />
      )}
      {shown === null && isSlow && error === null && <p className={panel.wait}>{t`Reading the table…`}</p>}
    </div>
  )
}

interface TableProps {
  readonly opened: OpenedBody
  readonly table: TableFacts
  readonly declaresNoHeader: boolean
  /** Whether the first row is to be a header; null as it looks. */
  readonly header: boolean | null
  readonly onHeader: (header: boolean) => void
  readonly actionsAt: HTMLElement | null
}

function Table({ opened, table, declaresNoHeader, header, onHeader, actionsAt }: TableProps) {
  const { viewId } = opened.view
  const all = useMemo(() => opened.paged ?? linesOfText(opened.view.text ?? ''), [opened])
  const filter = useTableFilter(viewId)
  const source = useFilteredRows(viewId, all, filter)
  useSyncExternalStore(source.subscribe, source.version)
  const first = useFirstRow(all)
  const hasHeader = header ?? (!declaresNoHeader && looksLikeHeader(first))
  const numbers = numberWidth(table.rows)
  const columns = useMemo(() => layOutColumns(table.widths, table.columns, numbers), [table, numbers])
  const width = columns.reduce((sum, column) => sum + column.width, numbers)
  const [cell, setCell] = useState<Cell | null>(null)
  const rows = useRef<VirtualRowsHandle>(null)
  const head = useRef<HTMLDivElement>(null)
  const moveHead = useCallback((left: number): void => {
    if (head.current) head.current.scrollLeft = left
  }, [])
  const headers = hasHeader ? 1 : 0
  const isFiltered = source !== all
  // The header is found as well where it has the text.
  const from = isFiltered && source.origin(0)?.line !== 0 ? 0 : headers
  const count = (isFiltered ? source.count : table.rows) - from
  const [filtered, setFiltered] = useState(source)
  if (filtered !== source) {
    // What was chosen stands elsewhere now, or nowhere.
    setFiltered(source)
    setCell(null)
  }
  const names = columns.map(({ index }) => (hasHeader ? (first[index] ?? '') : columnName(index)))
  const move = (event: KeyboardEvent): void => {
    const next = cell && movedCell(cell, event, { rows: count + from, columns: table.columns }, from)
    if (!next) return
    event.preventDefault()
    setCell(next)
    rows.current?.reveal(next.row - from)
    revealColumn(rows.current?.scroller, columns[next.column], numbers)
  }
  return (
    <>
      <StripActions at={actionsAt}>
        <IconButton label={t`First row is a header`} icon={<Heading />} pressed={hasHeader} onClick={() => onHeader(!hasHeader)} />
      </StripActions>
      <TableFilterBar filter={filter} shown={count} rows={table.rows - headers} />
      <div className={styles.table} role="table" aria-label={t`Response body`} aria-rowcount={table.rows} aria-colcount={table.columns + 1}>
        <div className={styles.headBox} ref={head} role="rowgroup">
          <Head columns={columns} names={names} width={width} numbers={numbers} numeric={table.numeric} />
        </div>
        <VirtualRows
          label={t`Rows of the table`}
          role="rowgroup"
          rowCount={count}
          width={width}
          handle={rows}
          className={styles.rows ?? ''}
          onKeyDown={move}
        >
          {(shown) => (
            <Rows
              source={source}
              from={from}
              headers={headers}
              columns={columns}
              numbers={numbers}
              numeric={table.numeric}
              shown={shown}
              onSideways={moveHead}
              cell={cell}
              onCell={setCell}
            />
          )}
        </VirtualRows>
      </div>
      {cell ? (
        <CellDetail
          cell={cell}
          name={names[cell.column] ?? ''}
          text={cellsOf(source.line(cell.row))[cell.column] ?? null}
          onClose={() => setCell(null)}
        />
      ) : (
        <p className={styles.facts}>{factsOf(table, headers)}</p>
      )}
    </>
  )
}

/** The first row, once it is here; it stays while others come and go. */
function useFirstRow(source: LineSource): readonly string[] {
  const [first, setFirst] = useState<readonly string[]>([])
  useEffect(() => {
    let isGone = false
    void source.read(0, 0).then((lines) => {
      if (!isGone) setFirst(cellsOf(lines?.[0]?.text))
    })
    return () => {
      isGone = true
    }
  }, [source])
  return first
}

interface HeadProps {
  readonly columns: readonly Column[]
  readonly names: readonly string[]
  readonly width: number
  readonly numbers: number
  readonly numeric: readonly boolean[]
}

function Head({ columns, names, width, numbers, numeric }: HeadProps) {
  return (
    <div className={styles.head} role="row" aria-rowindex={1} style={{ width }}>
      <span role="columnheader" aria-colindex={1} className={styles.corner} style={{ width: numbers }}>
        #
      </span>
      {columns.map((column) => (
        <span
          key={column.index}
          role="columnheader"
          aria-colindex={column.index + 2}
          className={styles.cell}
          style={{ left: column.left, width: column.width }}
          title={names[column.index]}
          data-number={numeric[column.index] === true}
        >
          {names[column.index]}
        </span>
      ))}
    </div>
  )
}

interface RowsProps {
  readonly source: LineSource
  /** The row of the source that is the list's first. */
  readonly from: number
  /** Rows of the table that are its header. */
  readonly headers: number
  readonly columns: readonly Column[]
  readonly numbers: number
  readonly numeric: readonly boolean[]
  readonly shown: RowWindow
  /** Told where the rows are moved to sideways, in pixels. */
  readonly onSideways: (left: number) => void
  readonly cell: Cell | null
  readonly onCell: (cell: Cell) => void
}

function Rows({ source, from, headers, columns, numbers, numeric, shown, onSideways, cell, onCell }: RowsProps) {
  const { first, last, left, width } = shown
  useEffect(() => source.want(first + from, last + from), [source, first, last, from])
  useEffect(() => onSideways(left), [onSideways, left])
  const inView = columnsInView(columns, left, width)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const row = first + index + from
    const cells = cellsOf(source.line(row))
    const line = source.origin(row)?.line ?? row
    return (
      <div key={row} role="row" aria-rowindex={line + 1} className={styles.row}>
        <span role="rowheader" aria-colindex={1} className={styles.number} style={{ left, width: numbers }}>
          {line + 1 - headers}
        </span>
        {inView.map((column) => (
          <span
            key={column.index}
            role="cell"
            aria-colindex={column.index + 2}
            className={styles.cell}
            style={{ left: column.left, width: column.width }}
            data-number={numeric[column.index] === true}
            data-missing={column.index >= cells.length && cells.length > 0}
            data-chosen={cell?.row === row && cell.column === column.index}
            onClick={() => onCell({ row, column: column.index })}
          >
            {oneLine(cells[column.index] ?? '')}
          </span>
        ))}
      </div>
    )
  })
}

/** As much of a cell as can be seen of it, its line breaks as marks. */
function oneLine(text: string): string {
  return text.slice(0, 200).replaceAll(/\r\n|\r|\n/g, ' ⏎ ')
}

function movedCell(
  { row, column }: Cell,
  event: KeyboardEvent,
  { rows, columns }: Pick<TableFacts, 'rows' | 'columns'>,
  from: number,
): Cell | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null
  switch (event.key) {
    case 'ArrowDown':
      return { row: Math.min(rows - 1, row + 1), column }
    case 'ArrowUp':
      return { row: Math.max(from, row - 1), column }
    case 'ArrowRight':
      return { row, column: Math.min(columns - 1, column + 1) }
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) }
    default:
      return null
  }
}

/** The column of row numbers covers the left edge. */
function revealColumn(scroller: HTMLDivElement | null | undefined, column: Column | undefined, numbers: number): void {
  if (!scroller || !column) return
  const { scrollLeft, clientWidth } = scroller
  if (column.left - numbers < scrollLeft) scroller.scrollLeft = column.left - numbers
  else if (column.left + column.width > scrollLeft + clientWidth) scroller.scrollLeft = column.left + column.width - clientWidth
}

const DELIMITER_WORDS: Readonly<Record<string, string>> = { ',': t`commas`, ';': t`semicolons`, '\t': t`tabs`, '|': t`vertical bars` }

function factsOf({ rows, columns, ragged, delimiter }: TableFacts, from: number): string {
  const unequal = ragged === 0 ? '' : t`${rowsInWords(ragged)} longer or shorter than the first`
  const parted = columns > 1 ? t`parted by ${DELIMITER_WORDS[delimiter] ?? delimiter}` : ''
  const wide = columns === 1 ? t`1 column` : t`${formatNumber(columns)} columns`
  return [rowsInWords(rows - from), wide, parted, unequal].filter(Boolean).join(' · ')
}

function rowsInWords(rows: number): string {
  return rows === 1 ? t`1 row` : t`${formatNumber(rows)} rows`
}
