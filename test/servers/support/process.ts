/** Starts a server of somebody else's as a child, waits until it answers, and stops it. Nothing runs as a system service. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, connect, type AddressInfo } from 'node:net'

export interface RunningServer {
  readonly url: string
  readonly port: number
  stop: () => Promise<void>
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/**
 * Start a command that listens on a port and wait until it accepts a connection.
 *
 * @param install what to install where the command is missing; named in the error
 */
export async function startServer(
  command: string,
  args: readonly string[],
  port: number,
  install: string,
  scheme = 'http',
): Promise<RunningServer> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const failed = new Promise<never>((_, reject) => {
    child.on('error', () => reject(new Error(`${command} could not be started. Install it: apt-get install -y ${install}`)))
    child.on('exit', (code) => reject(new Error(`${command} ended with ${code ?? 'a signal'} (apt-get install -y ${install}?):\n${said}`)))
  })
  failed.catch(() => undefined)
  await Promise.race([failed, accepts(port)])
  return { url: `${scheme}://127.0.0.1:${port}`, port, stop: () => stop(child) }
}

async function accepts(port: number): Promise<void> {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    } finally {
      socket.destroy()
    }
  }
  throw new Error(`Nothing listens on port ${port} after 30 s.`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  await exited
}
