/**
 * The importers there are, in the order in which they are asked: where two are equally sure of a file, the first has it.
 * Each is loaded when it is first asked, so that reading one format costs no other's parser where the format is given.
 */
import type { ImportFormat } from '#contract/model/import.ts'
import type { Importer } from './importer.ts'

export interface ImporterEntry {
  readonly format: ImportFormat
  /** Of an importer whose `format` is that of the entry. */
  readonly load: () => Promise<Importer>
}

/** One line an importer, such as `{ format: 'har', load: async () => (await import('./har/har.ts')).harImporter }`. */
export const IMPORTERS: readonly ImporterEntry[] = [
  { format: 'postman', load: async () => (await import('./postman/postman-importer.ts')).postmanImporter },
  { format: 'postman-environment', load: async () => (await import('./postman/postman-importer.ts')).postmanEnvironmentImporter },
  { format: 'openapi', load: async () => (await import('./openapi/openapi-importer.ts')).openapiImporter },
  { format: 'curl', load: async () => (await import('./curl/curl-importer.ts')).curlImporter },
  { format: 'insomnia', load: async () => (await import('./insomnia/insomnia-importer.ts')).insomniaImporter },
  { format: 'wget', load: async () => (await import('./wget/wget-importer.ts')).wgetImporter },
  { format: 'httpie', load: async () => (await import('./httpie/httpie-importer.ts')).httpieImporter },
  { format: 'raw-http', load: async () => (await import('./raw-http/raw-http-importer.ts')).rawHttpImporter },
  { format: 'http-file', load: async () => (await import('./http-file/http-file-importer.ts')).httpFileImporter },
  { format: 'fetch', load: async () => (await import('./fetch/fetch-importer.ts')).fetchImporter },
  { format: 'bruno', load: async () => (await import('./bruno/bruno-importer.ts')).brunoImporter },
  { format: 'python', load: async () => (await import('./python/python-importer.ts')).pythonImporter },
  { format: 'opencollection', load: async () => (await import('./opencollection/opencollection-importer.ts')).opencollectionImporter },
  { format: 'hoppscotch', load: async () => (await import('./hoppscotch/hoppscotch-importer.ts')).hoppscotchImporter },
  { format: 'thunder-client', load: async () => (await import('./thunder-client/thunder-importer.ts')).thunderClientImporter },
  { format: 'har', load: async () => (await import('./har/har-importer.ts')).harImporter },
]
