import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { CONTENT_SECURITY_POLICY } from '../../../../src-main/hosts/shell/content-security-policy.ts'
import { onStandIn } from '../../../support/electron-stand-in-load.ts'
import { createTestCore } from '../../../support/web-host-core.ts'

const BODY_ID = 'ab'.repeat(32)

/** Asks the protocol for an address, as the window's own process does. */
async function serve(): Promise<(url: string, init?: RequestInit) => Promise<Response>> {
  const folder = await mkdtemp(join(tmpdir(), 'posthaste-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true })
  await writeFile(join(folder, 'renderer', 'index.html'), '<title>Posthaste</title>')
  await writeFile(join(folder, 'secret.txt'), 'not for the page')
  const core = createTestCore()
  core.bodies.set(BODY_ID, Buffer.from('0123456789'))
  const { electron, module } = await onStandIn(() => import('../../../../src-main/hosts/electron/app-protocol.ts'))
  module.registerAppScheme()
  await electron.app.becomeReady()
  module.serveAppProtocol({ rendererDir: join(folder, 'renderer'), core: Promise.resolve(core) })
  const handler = electron.state.protocols.get('app')
  if (!handler) throw new Error('not served')
  return (url, init) => handler(new Request(url, init))
}

describe('app://posthaste/', () => {
  test('is the page, under the policy', async () => {
    const ask = await serve()

    const response = await ask('app://posthaste/')

    expect(await response.text()).toBe('<title>Posthaste</title>')
    expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test.each([
    'app://posthaste/../secret.txt',
    'app://posthaste/%2e%2e%2fsecret.txt',
    'app://posthaste/assets/..%2f..%2fsecret.txt',
    'app://posthaste/%5c..%5csecret.txt',
    'app://other/index.html',
    'app://posthaste/missing.js',
    'app://posthaste/assets',
    `app://posthaste/body/${'cd'.repeat(32)}`,
  ])('has nothing for %s', async (url) => {
    const ask = await serve()

    const response = await ask(url)

    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('not for the page')
  })

  test('is only read', async () => {
    const ask = await serve()

    expect((await ask('app://posthaste/', { method: 'POST', body: 'x' })).status).toBe(404)
  })

  test('serves bodies with the same headers as the web host, in ranges too', async () => {
    const ask = await serve()

    const page = await ask(`app://posthaste/body/${BODY_ID}?type=text/html`)
    const whole = await ask(`app://posthaste/body/${BODY_ID}?type=application/javascript`)
    const part = await ask(`app://posthaste/body/${BODY_ID}?type=video/mp4`, { headers: { range: 'bytes=2-4' } })

    expect(page.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/)
    expect(page.headers.get('content-security-policy')).not.toMatch(/script|connect|frame|https?:/)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(whole.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(whole.headers.get('content-type')).toBe('application/octet-stream')
    expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10'])
  })
})
