// `npm run dev`: the window with hot reload. In Electron where its binary is here; else Vite's server in the browser, in
// front of a web host that runs from the sources. The cookie that lets Vite in is put on by the proxy, so whoever can
// reach its port is in: it listens on 127.0.0.1 only, and is for developing.
import { spawn } from 'node:child_process'
import { createServer as createNetServer } from 'node:net'
import { createInterface } from 'node:readline'
import { displayProblem, findElectron, libraryProblem } from './lib/electron-binary.mjs'
import { ensureInstalled } from './lib/install-state.mjs'
import { at, onNewEnoughNode, runNode, say } from './lib/project.mjs'

await ensureInstalled()
await onNewEnoughNode()

const binary = findElectron()
const obstacle = binary ? (displayProblem() ?? libraryProblem(binary)) : "Electron's binary is not here"
if (obstacle === null) {
  const env = { ...process.env, ELECTRON_EXEC_PATH: binary }
  process.exit(await runNode([at('node_modules', 'electron-vite', 'bin', 'electron-vite.js'), 'dev', '-c', 'electron.config.ts'], { env }))
}
say(`Developing in the browser: ${obstacle}.`)
await developInBrowser()

async function developInBrowser() {
  const port = await freePort()
  const host = startHost(port)
  const { createServer } = await import('vite')
  const { default: config } = await import('../electron.config.ts')
  await host.ready
  const server = await createServer({
    ...config.renderer,
    configFile: false,
    server: { host: '127.0.0.1', proxy: proxyTo(`http://127.0.0.1:${port}`, () => host.cookie()) },
  })
  await server.listen()
  process.stdout.write(`Developing at ${server.resolvedUrls?.local[0]}\n`)
}

/** The host from its sources, started again when they change; it then has another token and cookie. */
function startHost(port) {
  const args = ['--watch', '--watch-preserve-output', at('src-main/hosts/cli/main.ts'), 'serve', '--no-open', '--port', String(port)]
  const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, POSTHASTE_EXIT_WITH_PARENT: '1' },
  })
  process.on('exit', () => child.kill())
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0))
  let cookie = ''
  const ready = new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The host ended with status ${code}.`)))
    createInterface({ input: child.stdout }).on('line', async (line) => {
      const address = /^Posthaste is ready at (\S+)$/.exec(line)?.[1]
      if (!address) return
      const answer = await fetch(address, { redirect: 'manual' })
      cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
      resolve()
    })
  })
  return { ready, cookie: () => cookie }
}

function proxyTo(target, cookie) {
  const dress = (request) => {
    request.setHeader('cookie', cookie())
    request.setHeader('origin', target)
  }
  const configure = (proxy) => {
    proxy.on('proxyReq', dress)
    proxy.on('proxyReqWs', dress)
  }
  const rule = { target, changeOrigin: true, configure }
  return { '/ws': { ...rule, ws: true }, '/upload': rule, '/body': rule }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createNetServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
