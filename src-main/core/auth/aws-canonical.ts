/**
 * Path and query as AWS Signature Version 4 signs them: byte by byte, so that what is no UTF-8, comes twice or is named
 * like a part of every object is signed as it is sent. The library's own way goes through decoded texts and objects.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request
 */
import aws4 from 'aws4'

/** Signs `request.path` as it is; the rest is the library's. */
export class ExactSigner extends aws4.RequestSigner {
  override parsePath(): void {
    this.parsedPath = { path: this.request.path ?? '/', query: {} }
  }

  override formatPath(): string {
    return this.request.path ?? '/'
  }

  override canonicalString(): string {
    const { method = 'GET', path = '/', headers = {} } = this.request
    const [place = '/', query = ''] = [path.split('?', 1)[0], path.slice(path.indexOf('?') + 1 || path.length)]
    return [
      method,
      this.service === 's3' ? keyPath(place) : servicePath(place),
      canonicalQuery(query),
      `${this.canonicalHeaders()}\n`,
      this.signedHeaders(),
      String(headers['x-amz-content-sha256']),
    ].join('\n')
  }
}

/** S3's is signed as it is on the wire, as AWS's own clients do; what is not escaped there though it should be is signed escaped. */
function keyPath(path: string): string {
  return path
    .split(/(\/|%[0-9A-Fa-f]{2})/)
    .map((piece, index) => (index % 2 === 1 ? piece : encoded(Buffer.from(piece))))
    .join('')
}

/** Encoded once more, as it is on the wire; without empty segments and dots. */
function servicePath(path: string): string {
  const pieces: string[] = []
  for (const piece of path.replace(/\/{2,}/g, '/').split('/')) {
    if (piece === '..') pieces.pop()
    else if (piece !== '.') pieces.push(encoded(Buffer.from(piece)))
  }
  const whole = pieces.join('/')
  return whole.startsWith('/') ? whole : `/${whole}`
}

/** Sorted by name, then value; what has no name is passed over, as services do. */
function canonicalQuery(query: string): string {
  return query
    .split('&')
    .map((pair): [string, string] => {
      const [name = ''] = pair.split('=', 1)
      return [encoded(decoded(name)), encoded(decoded(pair.slice(name.length + 1)))]
    })
    .filter(([name]) => name !== '')
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map((pair) => pair.join('='))
    .join('&')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A plus is a space; a `%` that begins no escape stands for itself. */
function decoded(text: string): Buffer {
  const latin1 = Buffer.from(text.replaceAll('+', ' ')).toString('latin1')
  return Buffer.from(
    latin1.replace(/%([0-9A-Fa-f]{2})/g, (_escape, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )
}

/** Everything but letters, digits and `-._~`. */
function encoded(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[^A-Za-z0-9\-._~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}
