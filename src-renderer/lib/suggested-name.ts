/**
 * A file name for a body that is to be saved. The name a server proposes is only a proposal: directories, control
 * characters and names that some system treats specially are taken out of it.
 *
 * @see RFC 6266 §4.3 and RFC 8187 (Content-Disposition), https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */

const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/gzip': '.gz',
  'application/javascript': '.js',
  'application/json': '.json',
  'application/pdf': '.pdf',
  'application/x-ndjson': '.ndjson',
  'application/x-yaml': '.yaml',
  'application/xml': '.xml',
  'application/yaml': '.yaml',
  'application/zip': '.zip',
  'audio/mpeg': '.mp3',
  'image/avif': '.avif',
  'image/bmp': '.bmp',
  'image/gif': '.gif',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/svg+xml': '.svg',
  'image/webp': '.webp',
  'image/x-icon': '.ico',
  'text/css': '.css',
  'text/csv': '.csv',
  'text/html': '.html',
  'text/javascript': '.js',
  'text/markdown': '.md',
  'text/plain': '.txt',
  'text/xml': '.xml',
  'video/mp4': '.mp4',
}

const LONGEST = 120
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/**
 * A safe file name: what Content-Disposition proposes, else the last segment of the URL's path, else `response`. It
 * gets the extension of its content type where it has none.
 */
export function suggestedFileName(url: string, contentDisposition: string, contentType: string): string {
  const name = cleanFileName(dispositionName(contentDisposition) ?? '') || cleanFileName(lastSegment(url)) || 'response'
  return /\.[A-Za-z0-9]{1,8}$/.test(name) ? name : name + extensionOf(contentType)
}

/** The file name of a Content-Disposition header; `filename*` wins. Null where there is none. */
export function dispositionName(header: string): string | null {
  const extended = /;\s*filename\*\s*=\s*"?([\w!#$%&+^`|~-]+)'[^']*'([^";\s]+)/i.exec(header)
  const decoded = extended ? decodeExtended(extended[1] ?? '', extended[2] ?? '') : null
  if (decoded !== null) return decoded
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)
  if (quoted) return latin1AsUtf8((quoted[1] ?? '').replace(/\\(.)/g, '$1'))
  const token = /;\s*filename\s*=\s*([^";]+)/i.exec(header)
  return token ? latin1AsUtf8((token[1] ?? '').trim()) : null
}

/** One name without a directory, safe on every common system; empty where nothing is left. */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    // Control characters and direction marks could make a name look like another.
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const stem = plain.split('.', 1)[0] ?? ''
  return shortened(RESERVED.test(stem) ? `_${plain}` : plain)
}

function shortened(name: string): string {
  const characters = [...name]
  if (characters.length <= LONGEST) return name
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? ''
  return characters.slice(0, LONGEST - extension.length).join('') + extension
}

function extensionOf(contentType: string): string {
  const essence = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
  if (essence.endsWith('+json')) return '.json'
  return EXTENSIONS[essence] ?? (essence.endsWith('+xml') ? '.xml' : '')
}

function lastSegment(url: string): string {
  try {
    const segment = new URL(url).pathname.split('/').findLast((part) => part !== '') ?? ''
    return decodeURIComponent(segment)
  } catch {
    return '' // not a URL, or not percent-encoded UTF-8: there are other names to fall back on
  }
}

function decodeExtended(charset: string, encoded: string): string | null {
  if (/%(?![0-9a-f]{2})/i.test(encoded)) return null // not percent-encoded: as browsers do, the plain parameter is used
  const bytes = Uint8Array.from(
    encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    (c) => c.charCodeAt(0),
  )
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return null // an unknown charset or bytes that are none of it: the plain parameter is used
  }
}

/** Header values arrive as latin-1; many servers put raw UTF-8 into them. */
function latin1AsUtf8(value: string): string {
  if (![...value].every((character) => character.charCodeAt(0) <= 0xff)) return value
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(value, (character) => character.charCodeAt(0)))
  } catch {
    return value
  }
}
