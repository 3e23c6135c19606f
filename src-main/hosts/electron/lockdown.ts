/**
 * What a page may not do: go elsewhere, open windows, host web views, ask for the machine's devices. Set for every page
 * there is or will be, so that nothing depends on who made it.
 */
import { app, session, shell, type Session, type WebContents } from 'electron'
import { isAppAddress } from './app-address.ts'

/** Copying by a click is the one permission the page needs. */
const ALLOWED_PERMISSIONS: readonly string[] = ['clipboard-sanitized-write']

/** @param isOwnPage where the main frame may be (and be reloaded) */
export function lockDown(isOwnPage: (address: string) => boolean): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, isOwnPage))
  refusePermissions(session.defaultSession)
}

function lockContents(contents: WebContents, isOwnPage: (address: string) => boolean): void {
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
  contents.on('will-frame-navigate', (details) => {
    const allowed = details.isMainFrame ? isOwnPage(details.url) : isFrameAddress(details.url)
    if (!allowed) details.preventDefault()
  })
  contents.on('will-redirect', (details) => {
    if (!isOwnPage(details.url)) details.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** A frame inside the page shows a preview that the page wrote, or a body of ours; never the net. */
function isFrameAddress(url: string): boolean {
  return url === 'about:blank' || url === 'about:srcdoc' || isAppAddress(url)
}

/** A link goes to the user's browser; no other scheme does, for some of them start programs. */
function openOutside(url: string): void {
  const scheme = URL.parse(url)?.protocol
  if (scheme === 'http:' || scheme === 'https:') void shell.openExternal(url)
}

function refusePermissions(own: Session): void {
  own.setPermissionRequestHandler((_contents, permission, answer) => answer(ALLOWED_PERMISSIONS.includes(permission)))
  own.setPermissionCheckHandler((_contents, permission) => ALLOWED_PERMISSIONS.includes(permission))
  own.setDevicePermissionHandler(() => false)
}
