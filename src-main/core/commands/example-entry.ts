/** An imported example as a request's file keeps it. */
import { bodyLanguage } from '../bodies/body-language.ts'
import type { ImportedExample } from '../import/imported.ts'
import type { PlainMap } from '../storage/opencollection/plain-edit.ts'

export function exampleEntry(example: ImportedExample): PlainMap {
  const { name, description, method, url, requestHeaders, requestBody, status, statusText, headers, body } = example
  return {
    name,
    ...(description !== '' && { description }),
    request: { url, method, ...rowsOf(requestHeaders), ...bodyOf(requestBody ?? '', requestHeaders) },
    response: {
      ...(status !== null && { status }),
      ...(statusText !== '' && { statusText }),
      ...rowsOf(headers),
      ...bodyOf(body, headers),
    },
  }
}

function rowsOf(headers: ImportedExample['headers']): PlainMap {
  return headers.length === 0 ? {} : { headers: headers.map(([name, value]) => ({ name, value })) }
}

function bodyOf(data: string, headers: ImportedExample['headers']): PlainMap {
  if (data === '') return {}
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const { language } = bodyLanguage(contentType, Buffer.from(data.slice(0, 4096)), true)
  return { body: { type: ['json', 'xml', 'html'].includes(language) ? language : 'text', data } }
}
