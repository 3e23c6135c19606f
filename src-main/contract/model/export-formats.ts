/** Formats that requests are exported in. No schema in here, so the window can import it for nothing. */

import type { CodeLanguageId } from './code-languages.ts'

/** By the names that `posthaste export --to` takes: what people call them, and their name among Monaco's languages. */
export const EXPORT_FORMATS = {
  opencollection: { title: 'OpenCollection, in one file', editor: 'yaml' },
  postman: { title: 'Postman collection 2.1', editor: 'json' },
  openapi: { title: 'OpenAPI 3.1', editor: 'yaml' },
  har: { title: 'HAR 1.2', editor: 'json' },
  http: { title: '.http file', editor: 'plaintext' },
  k6: { title: 'k6 script', editor: 'javascript' },
} as const
export type ExportFormat = keyof typeof EXPORT_FORMATS
/** What requests are exported to: a format of documents, or code of a language. */
export type ExportTarget = ExportFormat | CodeLanguageId
