/**
 * What the window's page may load and run, in Electron and in a browser alike. Scripts stay strict; styles allow inline
 * ones, because the code editor writes style elements and attributes and is visibly broken without them.
 */

/** The policy of the page and everything it loads from its own host. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The policy of a response's body: bytes from anywhere, shown but never run. */
export const BODY_SECURITY_POLICY = "sandbox; default-src 'none'"

/** The policy of a response's page: drawn with its own styles and pictures, reaching for nothing, running nothing. */
export const PAGE_SECURITY_POLICY =
  "sandbox; default-src 'none'; img-src data:; font-src data:; media-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"

/** The policy of a PDF, whose viewer is the browser's own and is not let into a sandbox. */
export const DOCUMENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"

/** Headers that every answer of a host carries. */
export const COMMON_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const
