/** What an address without a scheme was likely meant to be; said by core where one is missing, offered by the window. */

/** Whether an address says how it is spoken to, known scheme or not: `localhost:8000` does not. */
export function hasScheme(address: string): boolean {
  return /^\s*[a-z][a-z\d+.-]*:\/\//i.test(address)
}

/** The scheme that an address without one likely has: `http` for this machine's own, as servers under development rarely speak TLS. */
export function likelyScheme(address: string): 'http' | 'https' {
  const authority = withoutLeft(address).split(/[/?#]/, 1)[0] ?? ''
  const isLocal = /^(?:[^@]*@)?(?:(?:[a-z0-9-]+\.)*localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])\.?(?::\d*)?$/i.test(authority)
  return isLocal ? 'http' : 'https'
}

/** The address with the scheme that it likely has. The rest stays as typed. */
export function withLikelyScheme(address: string): string {
  return `${likelyScheme(address)}://${withoutLeft(address)}`
}

/** The address without what a scheme may have left of itself, such as `://`. */
function withoutLeft(address: string): string {
  return address.trim().replace(/^:?\/*/, '')
}
