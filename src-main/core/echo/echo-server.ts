/**
 * The built-in echo server: answers like httpbin, on 127.0.0.1 only and on a port of its own, so that everything can be
 * tried with no network. It starts when its address is first asked for. It keeps nothing and sends nothing anywhere.
 */
import type { Server } from 'node:http'

export interface EchoServer {
  /**
   * Its address without a final slash, such as `http://127.0.0.1:41234`; starts it where it does not run.
   * Rejects with the system's error where no port can be had.
   */
  readonly url: () => Promise<string>
  /** Stops it, cutting off what is under way. It can be started again. */
  readonly close: () => Promise<void>
}

/** @param options.version shown on its index page */
export function createEchoServer({ version }: { readonly version: string }): EchoServer {
  let running: Promise<{ readonly server: Server; readonly url: string }> | null = null
  return {
    url: async () => {
      running ??= start(version).catch((error: unknown) => {
        running = null
        throw error
      })
      return (await running).url
    },
    close: async () => {
      const started = await running?.catch(() => null)
      running = null
      if (!started) return
      const closed = new Promise((resolve) => started.server.close(resolve))
      started.server.closeAllConnections()
      await closed
    },
  }
}

async function start(version: string): Promise<{ readonly server: Server; readonly url: string }> {
  // Loaded here, not above: node:http and the routes take some 40 ms, which a command that echoes nothing need not pay.
  const [{ createServer }, { answerEcho }] = await Promise.all([import('node:http'), import('./echo-answer.ts')])
  const server = createServer(
    // Uploads may take as long as they like; long headers are there to be looked at.
    { requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: 60_000, maxHeaderSize: 1024 * 1024, requireHostHeader: false },
    (request, response) => void answerEcho(request, response, version),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  server.unref() // it must not keep a process going that has nothing else to do
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The echo server has no port.')
  return { server, url: `http://127.0.0.1:${address.port}` }
}
