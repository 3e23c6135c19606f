// Adapters mounted by a session: what holds for which URL on the way, and whose connections they are.
import { mkdir, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Output } from '#contract/commands.ts'
import type { Exchange } from '#contract/model/exchange.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { startTarget } from '../support/cli.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'

async function collectionWith(sessions: string): Promise<Omit<CoreKit, 'send'> & { readonly dir: string; readonly send: SendIn }> {
  const kit = await coreKit()
  const dir = join(kit.dataDir, 'c')
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'opencollection.yml'), `info: { name: C }\nextensions:\n  posthaste:\n    sessions:\n${sessions}`)
  const send: SendIn = async (url, session) =>
    (
      await kit.core.sendOnce({
        document: { ...emptyRequest(), url },
        root: dir,
        file: join(dir, 'r.yml'),
        choice: { environment: null, session, given: {} },
        overrides: {},
        signal: new AbortController().signal,
      })
    ).exchange
  return { ...kit, dir, send }
}

type SendIn = (url: string, session: string) => Promise<Exchange>

test('a redirect goes by the adapter of where it leads', async () => {
  let tries = 0
  const busy = (response: ServerResponse): void => {
    tries += 1
    response.writeHead(tries < 3 ? 503 : 200).end()
  }
  const b = await startTarget((_request, response) => busy(response))
  const a = await startTarget((_request, response) => response.writeHead(302, { location: `${b.url}/there` }).end())
  const { send } = await collectionWith(`      - name: s
        adapters:
          - prefix: "${b.url}"
            retry: { total: 5, status_forcelist: [503] }
          - prefix: "${b.url}/elsewhere"
            retry: { total: 0 }
`)

  const exchange = await send(`${a.url}/here`, 's')

  expect(exchange.response?.status).toBe(200)
  expect(exchange.attempts).toHaveLength(2)
  expect(b.seen).toHaveLength(3)
})

test('connections are those of the session, and are closed with it', async () => {
  const target = await startTarget((_request, response) => response.end('ok'))
  const { send, call } = await collectionWith('      - name: s\n      - name: t\n')
  const isReused = async (session: string): Promise<boolean | undefined> => (await send(target.url, session)).timings.reusedConnection

  expect([await isReused('s'), await isReused('s'), await isReused('t')]).toEqual([false, true, false])

  const collectionId = await collectionIdOf(call)
  expect(await call('session.close', { collectionId, session: 's' })).toEqual({ closed: 1 })
  expect([await isReused('s'), await isReused('t')]).toEqual([false, true])
})

async function collectionIdOf(call: CoreKit['call']): Promise<string> {
  const { jars } = (await call('cookies.jars', {})) as Output<'cookies.jars'>
  const found = jars.find(({ key }) => key.session === 's')?.key.collectionId
  if (!found) throw new Error('There is no jar of the session.')
  return found
}
