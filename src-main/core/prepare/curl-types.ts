/** The type of a file as curl finds it from its name. */
import { extname } from 'node:path'

/** The table of curl's `mime.c`. */
const CURL_TYPES: Readonly<Record<string, string>> = {
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.htm': 'text/html',
  '.html': 'text/html',
  '.pdf': 'application/pdf',
  '.xml': 'application/xml',
}

/** @returns undefined for a name that tells curl nothing */
export function curlType(name: string): string | undefined {
  return CURL_TYPES[extname(name).toLowerCase()]
}
