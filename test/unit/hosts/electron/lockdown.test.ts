import { describe, expect, test } from 'vitest'
import { isAppPage } from '../../../../src-main/hosts/electron/app-address.ts'
import { makeWindow, onStandIn } from '../../../support/electron-stand-in-load.ts'

async function lockedWindow() {
  const { electron, module } = await onStandIn(() => import('../../../../src-main/hosts/electron/lockdown.ts'))
  module.lockDown(isAppPage)
  return { electron, contents: makeWindow(electron).webContents }
}

describe('lockDown', () => {
  test.each([
    ['https://example.com/', true],
    ['http://127.0.0.1:3000/', true],
    ['file:///etc/passwd', true],
    ['javascript:alert(1)', true],
    ['app://other/', true],
    ['app://posthaste/body/x', true],
    ['app://posthaste/', false],
    ['app://posthaste/?a#b', false],
  ])('the page going to %s is refused: %s', async (url, refused) => {
    const { electron, contents } = await lockedWindow()
    const event = electron.preventable({ url, isMainFrame: true })

    contents.emit('will-frame-navigate', event)

    expect(event.prevented).toBe(refused)
  })

  test.each([
    ['https://example.com/', true],
    ['about:srcdoc', false],
    ['app://posthaste/body/x', false],
  ])('a frame in the page going to %s is refused: %s', async (url, refused) => {
    const { electron, contents } = await lockedWindow()
    const event = electron.preventable({ url, isMainFrame: false })

    contents.emit('will-frame-navigate', event)

    expect(event.prevented).toBe(refused)
  })

  test('redirects away and web views are refused', async () => {
    const { electron, contents } = await lockedWindow()
    const redirect = electron.preventable({ url: 'https://example.com/' })
    const view = electron.preventable()

    contents.emit('will-redirect', redirect)
    contents.emit('will-attach-webview', view)

    expect([redirect.prevented, view.prevented]).toEqual([true, true])
  })

  test.each([
    ['https://example.com/docs', ['https://example.com/docs']],
    ['http://example.com/', ['http://example.com/']],
    ['file:///etc/passwd', []],
    ['smb://server/share', []],
    ['ms-msdt:/id', []],
    ['not a url', []],
  ])('a link to %s opens outside or not at all', async (url, opened) => {
    const { electron, contents } = await lockedWindow()

    const answer = contents.windowOpenHandler?.({ url })

    expect(answer).toEqual({ action: 'deny' })
    expect(electron.callsOf('shell.openExternal').flat()).toEqual(opened)
  })

  test('no permission is given but that of copying', async () => {
    const { electron } = await lockedWindow()
    const { request, check, device } = electron.state.permissions
    const answers: Record<string, unknown> = {}
    for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read', 'clipboard-sanitized-write']) {
      const ask = request as unknown as (contents: unknown, permission: string, answer: (given: boolean) => void) => void
      ask(null, name, (given) => (answers[name] = given))
      expect((check as unknown as (contents: unknown, permission: string) => boolean)(null, name)).toBe(answers[name])
    }

    expect(answers).toEqual({
      media: false,
      geolocation: false,
      notifications: false,
      'clipboard-read': false,
      'clipboard-sanitized-write': true,
    })
    expect((device as unknown as () => boolean)()).toBe(false)
  })
})
