/**
 * CSV and its relatives as rows while they stream by: each record becomes one line of JSON, a list of its cells, so that
 * windows of rows are windows of lines. What separates the cells is found out from the first records. Quotes, line breaks
 * in quotes and records of unequal length are the parser's (csv-parse), told to forgive.
 *
 * @see RFC 4180; IANA text/tab-separated-values
 */
import type { Parser, parse as parseCsv } from 'csv-parse'
import type { TableFacts } from '#contract/model/body.ts'
import { messageOf } from '../lib/core-error.ts'
import { displayWidth } from '../lib/display-width.ts'
import type { ByteSink, ByteStage } from './byte-stage.ts'
import { MAX_LINE_UNITS } from './line-reader.ts'

/** A stage that at its end knows what the table is like. */
export interface TableStage extends ByteStage {
  readonly facts: () => TableFacts
  readonly note: () => string | null
}

/** So much is looked at for what separates the cells, in bytes. */
const SAMPLE_BYTES = 65_536
/** Characters of a cell that decide on the width of its column. */
const WIDEST = 1000
/** So many records decide on the widths of columns and on what is a number. */
const SAMPLED_RECORDS = 1000
const MAX_COLUMNS = 2000
/** A record this long is a quote that was never closed. */
const MAX_RECORD_UNITS = 4 * 1024 * 1024
/** Room for what stands around the cells in a line. */
const MAX_ROW_UNITS = MAX_LINE_UNITS - 500
const FLUSH_UNITS = 65_536
const DELIMITERS = [',', ';', '\t', '|'] as const

/** @param tabs whether the type says that tabs separate the cells */
export async function loadTableRows(tabs: boolean): Promise<(sink: ByteSink) => TableStage> {
  const { parse } = await import('csv-parse')
  return (sink) => tableRows(parse, tabs, sink)
}

function tableRows(parse: typeof parseCsv, tabs: boolean, sink: ByteSink): TableStage {
  const rows = createRows(sink)
  let held: Buffer | null = Buffer.alloc(0)
  let delimiter: string = tabs ? '\t' : ','
  let parser: Parser | null = null
  const problem = (): Error | null => parser?.errored ?? null
  const begin = (): void => {
    if (held === null) return
    if (!tabs) delimiter = delimiterOf(held.toString('utf8'))
    parser = parse({
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_RECORD_UNITS,
      on_record: (record: readonly string[]) => {
        rows.add(record)
        return null // nothing is kept for a reader, so that writing and ending are done when they return
      },
    })
    parser.on('error', () => undefined) // it is looked at where it is made: the event comes too late
    parser.write(held)
    held = null
  }
  return {
    write: (bytes) => {
      if (problem() !== null) return
      if (held === null) return void parser?.write(Buffer.from(bytes))
      held = Buffer.concat([held, bytes])
      if (held.length >= SAMPLE_BYTES) begin()
    },
    end: () => {
      begin()
      if (problem() === null) parser?.end()
      rows.end()
    },
    facts: () => rows.facts(delimiter),
    note: () => {
      const error = problem()
      return error && `Shown up to row ${rows.count().toLocaleString('en-US')}, where it stops being a table: ${messageOf(error)}`
    },
  }
}

interface Rows {
  readonly add: (record: readonly string[]) => void
  readonly end: () => void
  readonly count: () => number
  readonly facts: (delimiter: string) => TableFacts
}

function createRows(sink: ByteSink): Rows {
  let out = ''
  let rows = 0
  let columns = 0
  let firstLength = 0
  let ragged = 0
  const widths: number[] = []
  const numeric: boolean[] = []
  const flush = (): void => {
    if (out !== '') sink(Buffer.from(out.toWellFormed(), 'utf8'))
    out = ''
  }
  const sample = (record: readonly string[]): void => {
    for (const [index, cell] of record.entries()) {
      if (index >= MAX_COLUMNS) return
      widths[index] = Math.max(widths[index] ?? 0, cellWidth(cell))
      if (rows > 0 && cell !== '') numeric[index] = (numeric[index] ?? true) && isNumber(cell)
    }
  }
  return {
    add: (record) => {
      if (rows === 0) firstLength = record.length
      else if (record.length !== firstLength) ragged += 1
      columns = Math.max(columns, record.length)
      if (rows < SAMPLED_RECORDS) sample(record)
      out += `${rows === 0 ? '' : '\n'}${rowLine(record)}`
      rows += 1
      if (out.length >= FLUSH_UNITS) flush()
    },
    end: flush,
    count: () => rows,
    facts: (delimiter) => ({
      delimiter,
      rows,
      columns: Math.min(columns, MAX_COLUMNS),
      ragged,
      widths,
      numeric: widths.map((_, index) => numeric[index] ?? false),
    }),
  }
}

/** One line of at most as many units as are handed out of a line: cells of a longer record are cut to an equal length. */
function rowLine(record: readonly string[]): string {
  const line = JSON.stringify(record)
  if (line.length <= MAX_ROW_UNITS) return line
  const cells = record.slice(0, MAX_COLUMNS)
  // An escape takes up to six units, quotes and comma three.
  for (let longest = Math.floor(MAX_ROW_UNITS / cells.length); longest > 0; longest = Math.floor(longest / 2)) {
    const cut = JSON.stringify(cells.map((cell) => (cell.length > longest ? `${cell.slice(0, longest)}…` : cell)))
    if (cut.length <= MAX_ROW_UNITS) return cut
  }
  return JSON.stringify(cells.map(() => '…'))
}

/** What most records of the sample hold the same number of; a comma where nothing does. */
export function delimiterOf(sample: string): string {
  const lines = recordsOf(sample).slice(0, 50)
  let best: { readonly delimiter: string; readonly score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1)
    const [first = 0] = counts
    if (first === 0) continue
    const same = counts.filter((count) => count === first).length / counts.length
    const score = same + Math.min(first, 50) / 1000
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** The sample's records with what is in quotes left out; the last, which may be cut, only where it is the only one. */
function recordsOf(sample: string): readonly string[] {
  const lines = sample
    .replaceAll(/"(?:[^"]|"")*(?:"|$)/g, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
  return lines.length > 1 && !/[\r\n]$/.test(sample) ? lines.slice(0, -1) : lines
}

function isNumber(cell: string): boolean {
  return /^\s*[-+]?(?:\d{1,3}(?:[,.' ]\d{3})+|\d+)?(?:[.,]\d+)?(?:e[-+]?\d+)?\s*%?\s*$/i.test(cell) && /\d/.test(cell)
}

/** Columns a cell takes where it is shown on one line, where a line end is a sign as wide as four; of a long one, of its beginning. */
function cellWidth(cell: string): number {
  return displayWidth(cell.slice(0, WIDEST).replaceAll(/\r\n|\r|\n/g, '    '))
}
