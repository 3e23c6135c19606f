/** The address of our own page in Electron. A scheme of our own, so that nothing on disk or on the net shares its origin. */
export const APP_SCHEME = 'app'
export const APP_ORIGIN = 'app://posthaste'
export const APP_URL = `${APP_ORIGIN}/`

/** Whether a URL is that of our page itself, whatever its query and fragment. */
export function isAppPage(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && originOf(url) === APP_ORIGIN && (url.pathname === '/' || url.pathname === '')
}

/** Whether a URL lies anywhere under our origin. */
export function isAppAddress(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && originOf(url) === APP_ORIGIN
}

/** Node's `origin` is `null` for every scheme it does not know; Chromium's, for a registered one, is not. */
function originOf(url: URL): string {
  return `${url.protocol}//${url.host}`
}
