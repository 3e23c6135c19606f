/**
 * URL of a Postman request: a text, or an object of parts whose `raw` is the text. Its query rows stand there as they are
 * in the URL, escapes and all; ours are plain.
 */
import type { Param, RequestDocument } from '#contract/model/request.ts'
import { joinUrl, splitUrl } from '#contract/model/url-query.ts'
import { at, describedBy, firstText, flagOf, isRecord, listOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { rawQueryRow, row, urlWithParams } from '../collection-parts/model.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'

export function readPostmanUrl(value: unknown, notes: NotesHere): Pick<RequestDocument, 'url' | 'params'> {
  if (!isRecord(value)) return urlWithParams(textOf(value).trim(), [], notes)
  const url = withoutDisabled(textOf(at(value, 'raw')).trim(), recordsOf(at(value, 'query'))) || builtUrl(value)
  return urlWithParams(url, [...recordsOf(at(value, 'query')).map(queryRow), ...pathRows(value, url)], notes)
}

/** Collections that were made of OpenAPI descriptions have rows in the text that are switched off. The rows are what Postman sends. */
function withoutDisabled(raw: string, rows: readonly Loose[]): string {
  const parts = splitUrl(raw)
  const isOn = (entry: Loose): boolean => flagOf(at(entry, 'disabled')) !== true
  if (rows.every(isOn) || parts.query !== rows.map(stretchOf).join('&')) return raw
  const query = rows.filter(isOn).map(stretchOf)
  return joinUrl({ ...parts, query: query.length === 0 ? null : query.join('&') })
}

function queryRow(entry: Loose): Param {
  const value = at(entry, 'value')
  const enabled = flagOf(at(entry, 'disabled')) !== true
  return rawQueryRow(
    row(textOf(at(entry, 'key')), textOf(value), enabled, describedBy(at(entry, 'description'))),
    value !== null && value !== undefined,
  )
}

/** How a row stands in the URL: without a value it has no `=`. */
function stretchOf(entry: Loose): string {
  const [key, value] = [textOf(at(entry, 'key')), at(entry, 'value')]
  return value === null || value === undefined ? key : `${key}=${textOf(value)}`
}

/** Variables of the path; one whose name is nowhere in it fills nothing, but may hold a description. */
function pathRows(value: Loose, url: string): Param[] {
  const { base } = splitUrl(url)
  return recordsOf(at(value, 'variable')).flatMap((entry) => {
    const name = firstText(entry, 'key', 'id')
    if (name === '' || !base.includes(`:${name}`)) return []
    return { ...row(name, textOf(at(entry, 'value')), true, describedBy(at(entry, 'description'))), kind: 'path' as const }
  })
}

/** The URL of an object that has no text for it. */
function builtUrl(value: Loose): string {
  const protocol = textOf(at(value, 'protocol')).replace(/:?\/*$/, '')
  const host = joined(at(value, 'host'), '.')
  const port = textOf(at(value, 'port'))
  const path = joined(at(value, 'path'), '/').replace(/^\/+/, '')
  const hash = textOf(at(value, 'hash'))
  const query = recordsOf(at(value, 'query')).filter((entry) => flagOf(at(entry, 'disabled')) !== true)
  return (
    (protocol === '' ? '' : `${protocol}://`) +
    host +
    (port === '' ? '' : `:${port}`) +
    (path === '' ? '' : `/${path}`) +
    (query.length === 0 ? '' : `?${query.map(stretchOf).join('&')}`) +
    (hash === '' ? '' : `#${hash}`)
  )
}

/** Segments of a path may be objects with a `value`. */
function joined(value: unknown, by: string): string {
  if (!Array.isArray(value)) return textOf(value)
  return listOf(value)
    .map((part) => textOf(isRecord(part) ? at(part, 'value') : part))
    .join(by)
}
