import type { WebContents, WebFrameMain } from 'electron'
import { describe, expect, test } from 'vitest'
import { isTrustedSender } from '../../../../src-main/hosts/electron/trusted-sender.ts'

/** As much of a frame and its page as the check looks at. */
function page(url: string): { contents: WebContents; frame: WebFrameMain } {
  const frame = { url } as WebFrameMain
  return { contents: { mainFrame: frame } as WebContents, frame }
}

describe('isTrustedSender', () => {
  test('is the main frame of our window on our page', () => {
    const { contents, frame } = page('app://posthaste/')

    expect(isTrustedSender({ sender: contents, senderFrame: frame }, contents)).toBe(true)
  })

  test('is no frame inside it, no other window, and no frame that is gone', () => {
    const own = page('app://posthaste/')
    const other = page('app://posthaste/')

    expect(isTrustedSender({ sender: own.contents, senderFrame: other.frame }, own.contents)).toBe(false)
    expect(isTrustedSender({ sender: other.contents, senderFrame: other.frame }, own.contents)).toBe(false)
    expect(isTrustedSender({ sender: own.contents, senderFrame: null }, own.contents)).toBe(false)
  })

  test.each(['https://posthaste/', 'app://posthaste.evil/', 'app://posthaste/body/x', 'about:blank', ''])('is no page at %j', (url) => {
    const { contents, frame } = page(url)

    expect(isTrustedSender({ sender: contents, senderFrame: frame }, contents)).toBe(false)
  })
})
