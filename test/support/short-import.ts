/** An import with nothing in it that says nothing, for files that people check by eye: rows as `name: value`, empty fields left out. */
import type { Imported, ImportedItem } from '#core/import/imported.ts'
import type { Part, RequestDocument, Row } from '#contract/model/request.ts'
import type { Session } from '#contract/model/session.ts'

export function shortImport(made: Imported): unknown {
  return withoutEmpty({
    name: made.name,
    docs: made.docs,
    variables: made.defaults.variables.map(
      ({ name, value, secret, ask }) => `${name}${secret ? ' (secret)' : ''}${ask ? ' (asked)' : ''}${value === '' ? '' : `: ${value}`}`,
    ),
    secrets: made.secrets,
    items: made.items.map(shortItem),
    sessions: made.sessions.map(shortSession),
    notes: made.notes.map(
      ({ severity, where, line, message }) => `${severity} ${line ?? '-'}${where === '' ? '' : ` [${where}]`}: ${message}`,
    ),
  })
}

function shortItem(item: ImportedItem): unknown {
  if (item.kind === 'folder') return { folder: item.name, items: item.items.map(shortItem) }
  return shortRequest(item.document)
}

function shortRequest(document: RequestDocument): unknown {
  const { name, method, url, params, headers, body, auth, cookies, options, assertions, captures, raiseForStatus, docs } = document
  return withoutEmpty({
    name,
    request: `${method} ${url}`,
    params: rows(params),
    headers: rows(headers),
    body: body.kind === 'none' ? {} : shortBody(body),
    auth: auth.kind === 'none' ? {} : auth,
    cookies: rows(cookies),
    options,
    assertions: [
      ...(raiseForStatus === true ? ['raise_for_status()'] : []),
      ...(assertions ?? []).map(({ expression, operator, value }) => `${expression} ${operator} ${value}`.trim()),
    ],
    captures: (captures ?? []).map(({ name, expression }) => `${name} = ${expression}`),
    docs,
  })
}

function shortBody(body: RequestDocument['body']): unknown {
  if (body.kind === 'form') return { form: rows(body.rows) }
  return body.kind === 'multipart' ? { multipart: body.parts.map(shortPart) } : body
}

function shortPart(part: Part): unknown {
  const { name, contentType, headers } = part
  return withoutEmpty({
    ...(part.kind === 'file' ? { file: name, files: part.files, filename: part.filename } : { text: name, value: part.value }),
    contentType,
    headers: rows(headers),
  })
}

function shortSession({ name, headers, params, cookies, auth, options, adapters }: Session): unknown {
  return withoutEmpty({
    name,
    headers: rows(headers),
    params: rows(params),
    cookies: rows(cookies),
    auth: auth.kind === 'none' ? {} : auth,
    options,
    adapters,
  })
}

function rows(list: readonly Row[]): string[] {
  return list.map((row) => `${row.enabled ? '' : '(off) '}${row.name}: ${row.omit === true ? '(omitted)' : row.value}`)
}

function withoutEmpty(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
}
