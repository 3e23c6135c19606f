/** Params as the table shows them: the query rows, tied to the URL in both directions. */
import type { Param, RequestDocument, Row } from '#contract/model/request.ts'
import { editParams } from '#contract/model/params-edit.ts'
import { paramsFromUrl } from '#contract/model/url-query.ts'

/** The rows of the table, with the index each has in the document. */
export function queryRows(params: readonly Param[]): { readonly rows: readonly Param[]; readonly indexes: readonly number[] } {
  const indexes = params.flatMap((row, index) => (row.kind === 'query' ? [index] : []))
  return { rows: params.filter((row) => row.kind === 'query'), indexes }
}

/** The document after its URL was typed in: the query's pairs become the enabled rows. */
export function withUrl(document: RequestDocument, url: string): RequestDocument {
  return { ...document, url, params: paramsFromUrl(url, document.params) }
}

/**
 * The document after the table was edited: the URL gets the enabled rows, with the text of untouched pairs kept. Rows
 * that were not touched must be the very objects they were.
 */
export function withQueryRows(document: RequestDocument, change: (rows: readonly Row[]) => readonly Row[]): RequestDocument {
  const before = queryRows(document.params).rows
  const after = change(before)
  if (after === before) return document
  const rows = after.map((row): Param => (isParam(row) ? row : { ...row, kind: 'query' }))
  const params = [...rows, ...document.params.filter((row) => row.kind === 'path')]
  const edited = editParams(document.url, document.params, params)
  return { ...document, url: edited.url, params: [...edited.params] }
}

function isParam(row: Row): row is Param {
  return 'kind' in row
}
