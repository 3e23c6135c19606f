/** Finds the file of the built page that a URL names, and nothing outside the page's folder. */
import { extname, join, normalize, sep } from 'node:path'
import { COMMON_HEADERS, CONTENT_SECURITY_POLICY } from './content-security-policy.ts'

export interface Asset {
  /** Absolute path; the file may be missing. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** What the build makes. A table of all types of the world would be the larger part of what a host loads before it listens. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
}

/**
 * @param pathname  path of the URL, still percent-encoded
 * @returns null for a path that is malformed or leads outside `root`
 */
export function assetOf(root: string, pathname: string): Asset | null {
  const decoded = decodePath(pathname)
  if (decoded === null || !decoded.startsWith('/') || /[\0\\]/.test(decoded)) return null
  const path = normalize(join(root, decoded === '/' ? 'index.html' : decoded))
  if (!path.startsWith(normalize(root) + sep)) return null
  return {
    path,
    headers: {
      ...COMMON_HEADERS,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
      'cache-control': cachingOf(decoded),
    },
  }
}

/** Built assets carry a hash in their name, so what one name holds never changes. The page itself names them. */
function cachingOf(path: string): string {
  if (path.startsWith('/assets/')) return 'public, max-age=31536000, immutable'
  return path === '/' || path.endsWith('.html') ? 'no-store' : 'no-cache'
}

function decodePath(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
