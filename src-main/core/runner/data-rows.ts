/**
 * The data of a run: a file whose rows are variables, one row an iteration. A CSV with its names in the first line
 * (with `,`, `;`, tab or `|` between, and a byte order mark or not), or a JSON list of objects.
 */
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { CoreError, messageOf, systemCode } from '../lib/core-error.ts'
import { decodeText } from '../import/decode-text.ts'

export interface DataTable {
  readonly format: 'csv' | 'json'
  readonly columns: readonly string[]
  /** A column that a row does not have is absent in it. */
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** What is odd about the file, one sentence each. */
  readonly warnings: readonly string[]
}

/** A file of rows is read whole. */
const MAX_BYTES = 256 * 1024 * 1024
const SEPARATORS = [',', ';', '\t', '|']
/** Of rows that are odd, how many are told of by their number. */
const NAMED_ROWS = 3

/** @throws {CoreError} `FileNotFound`, `TooLarge`, `StorageError`; `Unreadable`, with `details.line` where known */
export async function readDataFile(path: string): Promise<DataTable> {
  const bytes = await readBytes(path)
  const decoded = decodeText(bytes)
  const name = basename(path)
  if (decoded === null) throw unreadable(name, 'it is no text')
  const text = decoded.text.replace(/^\ufeff/, '')
  if (text.trim() === '') throw unreadable(name, 'it is empty')
  const isJson = /\.json$/i.test(name) || (!/\.[ct]sv$/i.test(name) && /^\s*[[{]/.test(text))
  const table = isJson ? jsonTable(text, name) : await csvTable(text, name)
  if (table.rows.length === 0) throw unreadable(name, isJson ? 'its list is empty' : 'it has no row below the names of its columns')
  return decoded.encoding === 'windows-1252'
    ? { ...table, warnings: [`${name} is not UTF-8; it was read as Windows-1252.`, ...table.warnings] }
    : table
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    const found = await stat(path)
    if (found.size > MAX_BYTES) {
      throw new CoreError('TooLarge', 'resolve', `${path} is larger than the ${MAX_BYTES / 1024 ** 2} MiB that data may have.`)
    }
    return await readFile(path)
  } catch (error) {
    if (error instanceof CoreError) throw error
    const code = systemCode(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new CoreError('FileNotFound', 'resolve', `There is no data file ${path}.`)
    throw new CoreError('StorageError', 'resolve', `The data file ${path} could not be read: ${messageOf(error)}.`, { cause: error })
  }
}

async function csvTable(text: string, name: string): Promise<DataTable> {
  // Loaded here: most runs have no such file.
  const { parse, CsvError } = await import('csv-parse/sync')
  try {
    const [head = [], ...body]: string[][] = parse(text, {
      delimiter: separatorOf(text),
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: false,
      trim: false,
    })
    const columns = head.map((column) => column.trim())
    const fault = columnFault(columns)
    if (fault !== null) throw unreadable(name, fault, 1)
    const short = numbersOf(body, (cells) => cells.length < columns.length)
    const long = numbersOf(body, (cells) => cells.length > columns.length)
    return {
      format: 'csv',
      columns,
      rows: body.map((cells) =>
        Object.fromEntries(columns.flatMap((column, at) => (cells[at] === undefined ? [] : [[column, cells[at]]]))),
      ),
      warnings: [
        ...(short.length > 0 ? [`${rowWords(short)} fewer values than there are columns: those at the end have none.`] : []),
        ...(long.length > 0 ? [`${rowWords(long)} more values than there are columns: those are left out.`] : []),
      ],
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? error['lines'] : undefined
    throw unreadable(name, csvFault(error.code), line)
  }
}

function columnFault(columns: readonly string[]): string | null {
  const empty = columns.indexOf('')
  if (empty >= 0) return `column ${empty + 1} has no name`
  const twice = columns.find((column, at) => columns.indexOf(column) < at)
  return twice === undefined ? null : `two columns are named “${twice}”`
}

function csvFault(code: string): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened that is never closed'
  if (code === 'INVALID_OPENING_QUOTE') return 'a quote stands in the middle of a value (write it twice, in a quoted value)'
  if (code === 'CSV_INVALID_CLOSING_QUOTE') return 'something follows a closing quote'
  return `it is no CSV (${code})`
}

/** The one that stands most often in the first line, outside quotes. */
function separatorOf(text: string): string {
  const counts = new Map<string, number>()
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && (character === '\n' || character === '\r')) break
    else if (!isQuoted && SEPARATORS.includes(character)) counts.set(character, (counts.get(character) ?? 0) + 1)
  }
  const [first] = [...counts].sort(([, one], [, other]) => other - one)
  return first?.[0] ?? ','
}

function jsonTable(text: string, name: string): DataTable {
  const value = parsed(text, name)
  if (!Array.isArray(value)) {
    const what = value === null || typeof value !== 'object' ? JSON.stringify(value).slice(0, 40) : 'one object'
    throw unreadable(name, `it must hold a list of objects, such as [{"user": "ada"}], and holds ${what}`)
  }
  const list: readonly unknown[] = value
  const columns = new Set<string>()
  const rows = list.map((item, index) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      throw unreadable(name, `item ${index + 1} of its list is ${JSON.stringify(item).slice(0, 40)}, not an object`)
    }
    const entries = Object.entries(item).map(([key, cell]): [string, string] => [
      key,
      typeof cell === 'string' ? cell : JSON.stringify(cell),
    ])
    for (const [key] of entries) columns.add(key)
    return Object.fromEntries(entries)
  })
  const lacking = numbersOf(rows, (row) => Object.keys(row).length < columns.size)
  return {
    format: 'json',
    columns: [...columns],
    rows,
    warnings: lacking.length > 0 ? [`${rowWords(lacking)} not every name that others have.`] : [],
  }
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const at = /position (\d+)/.exec(messageOf(error))?.[1]
    const line = at === undefined ? undefined : text.slice(0, Number(at)).split('\n').length
    throw unreadable(
      name,
      `it is no JSON: ${messageOf(error)
        .replace(/ in JSON at position.*$/s, '')
        .slice(0, 200)}`,
      line,
    )
  }
}

function numbersOf<T>(list: readonly T[], isOdd: (item: T) => boolean): number[] {
  return list.flatMap((item, index) => (isOdd(item) ? [index + 1] : []))
}

function rowWords(numbers: readonly number[]): string {
  if (numbers.length === 1) return `Row ${numbers[0]} has`
  const named = numbers.slice(0, NAMED_ROWS).join(', ')
  const more = numbers.length - NAMED_ROWS
  return more > 0 ? `Rows ${named} and ${more} more have` : `Rows ${named} have`
}

function unreadable(name: string, why: string, line?: number): CoreError {
  const place = line === undefined ? '' : `, line ${line}`
  return new CoreError('Unreadable', 'resolve', `The data file ${name} cannot be used${place}: ${why}.`, {
    hint: 'It takes a CSV with the names of its columns in the first line, or a JSON list of objects.',
    details: { file: name, ...(line !== undefined && { line }) },
  })
}
