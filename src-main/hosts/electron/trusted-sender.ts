/**
 * Who may call: the main frame of our own window, while it shows our own page. A frame inside it (a preview) or a page
 * that got in by some fault must not.
 */
import type { WebContents, WebFrameMain } from 'electron'
import { isAppPage } from './app-address.ts'

export interface Sender {
  readonly sender: WebContents
  /** Null where the frame is already gone. */
  readonly senderFrame: WebFrameMain | null
}

/** @param isOwnPage what counts as our own page; another than the default only while developing */
export function isTrustedSender(event: Sender, own: WebContents, isOwnPage: (address: string) => boolean = isAppPage): boolean {
  const { senderFrame } = event
  if (event.sender !== own || senderFrame === null) return false
  return senderFrame === own.mainFrame && isOwnPage(senderFrame.url)
}
