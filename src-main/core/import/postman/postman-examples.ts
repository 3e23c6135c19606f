/** Saved responses of a Postman request, as examples. */
import type { HeaderList } from '#contract/model/exchange.ts'
import { encodePair } from '#contract/model/url-query.ts'
import { graphqlText } from '../../lib/graphql-text.ts'
import type { ImportedExample } from '../imported.ts'
import { at, describedBy, firstText, isRecord, numberOf, recordsOf, textOf, type Loose } from '../collection-parts/loose.ts'
import { createNotesHere } from '../collection-parts/notes-here.ts'
import { readPostmanBody, readPostmanHeaders } from './postman-body.ts'
import { readPostmanUrl } from './postman-url.ts'

/** @param request what they answer, where they do not say it themselves */
export function readExamples(value: unknown, request: Loose): ImportedExample[] {
  return recordsOf(value).map((response) => {
    const original = at(response, 'originalRequest')
    const asked = isRecord(original) ? original : typeof original === 'string' ? { url: original } : request
    return {
      name: firstText(response, 'name') || 'Untitled example',
      description: describedBy(at(response, 'description')),
      method: textOf(at(asked, 'method')).trim() || 'GET',
      // What there is to say about the URL was said of the request itself.
      url: readPostmanUrl(at(asked, 'url'), createNotesHere()).url,
      requestHeaders: headerList(at(asked, 'header')),
      requestBody: bodyText(at(asked, 'body')),
      status: numberOf(at(response, 'code')) ?? null,
      statusText: textOf(at(response, 'status')),
      headers: headerList(at(response, 'header')),
      body: textOf(at(response, 'body')),
    }
  })
}

function headerList(value: unknown): HeaderList {
  return readPostmanHeaders(value)
    .filter(({ enabled, name }) => enabled && name !== '')
    .map(({ name, value: text }) => [name, text])
}

/** The body as a text, where it is one. */
function bodyText(value: unknown): string | null {
  const { body } = readPostmanBody(value, [], createNotesHere())
  switch (body.kind) {
    case 'json':
    case 'text':
    case 'xml':
      return body.text
    case 'form':
      return body.rows
        .filter(({ enabled }) => enabled)
        .map(encodePair)
        .join('&')
    case 'graphql':
      return graphqlText(body)
    default:
      return null
  }
}
