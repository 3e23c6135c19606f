/** A run as a file for others to read. It is written as it is read, so that 100,000 results need no more memory than ten. */
import type { RunReportFormat } from '#contract/model/run-facts.ts'
import { csvReport } from './csv-report.ts'
import { htmlReport } from './html-report.ts'
import { jsonReport } from './json-report.ts'
import { junitReport } from './junit-report.ts'
import type { ReportSource } from './report-source.ts'

interface ReportKind {
  readonly write: (source: ReportSource) => AsyncIterable<string>
  readonly contentType: string
  /** Of a file's name. */
  readonly ending: string
}

export const REPORTS: Readonly<Record<RunReportFormat, ReportKind>> = {
  json: { write: jsonReport, contentType: 'application/json', ending: 'json' },
  junit: { write: junitReport, contentType: 'application/xml', ending: 'xml' },
  html: { write: htmlReport, contentType: 'text/html; charset=utf-8', ending: 'html' },
  csv: { write: csvReport, contentType: 'text/csv; charset=utf-8', ending: 'csv' },
}

/** The text of a report in pieces that are worth a write. */
export async function* inPieces(texts: AsyncIterable<string>, length = 64 * 1024): AsyncGenerator<string> {
  let piece = ''
  for await (const text of texts) {
    piece += text
    if (piece.length < length) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
