// `npm run budget`, a part of `npm run check`: what the window's first drawing waits for, and what the command line and the
// host load before they are of use, in bytes. Bytes and not seconds, which another program on the machine would change.
// A budget that is not kept is either mended or raised, in its own commit, with a reason.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { ensureBuilt } from './lib/build-state.mjs'
import { at, endOf, onNewEnoughNode } from './lib/project.mjs'

/** In kB, of 1000 bytes. */
const BUDGETS = {
  'first load of the window, scripts, gzipped': 150,
  'first load of the window, styles, gzipped': 8,
  'all of the window': 15_000,
  'posthaste --version': 95,
  'posthaste send, one GET': 3250,
  'posthaste serve, until its core is loaded': 3250,
  'the whole build': 25_000,
}

await onNewEnoughNode()
await ensureBuilt()

const temporary = mkdtempSync(join(tmpdir(), 'posthaste-budget-'))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))
const first = firstLoad()
const measured = {
  'first load of the window, scripts, gzipped': gzipped(first.scripts),
  'first load of the window, styles, gzipped': gzipped(first.styles),
  'all of the window': sizeBelow(at('out', 'renderer')),
  'posthaste --version': await loadedBy(['--version']),
  'posthaste send, one GET': await loadedBySend(),
  'posthaste serve, until its core is loaded': await loadedByServe(),
  'the whole build': sizeBelow(at('out')),
}
for (const [what, budget] of Object.entries(BUDGETS)) {
  const kB = measured[what] / 1000
  const isKept = kB <= budget
  process.stdout.write(`${isKept ? 'ok  ' : 'OVER'} ${what}: ${kB.toFixed(1)} of ${budget} kB\n`)
  if (!isKept) process.exitCode = 1
}

/** The files that the page names, those that its own script begins by asking for, and what all of these import at once. */
function firstLoad() {
  const folder = at('out', 'renderer', 'assets')
  const page = readFileSync(at('out', 'renderer', 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\.?\/assets\/([^"]+)"/g)].map((match) => join(folder, match[1]))
  const [entry] = named.filter((path) => path.endsWith('.js'))
  const files = new Set([...named, ...askedFor(readFileSync(entry, 'utf8')).map((name) => join(folder, name))])
  for (const path of files) {
    if (!path.endsWith('.js')) continue
    const imports = readFileSync(path, 'utf8').matchAll(/(?:^|[;}\s])(?:import|export)(?:[^'"();]*?from)?\s*["'](\.[^"']+)["']/g)
    for (const [, name] of imports) files.add(join(dirname(path), name))
  }
  return { scripts: [...files].filter((path) => path.endsWith('.js')), styles: [...files].filter((path) => path.endsWith('.css')) }
}

/** What a chunk imports when it runs, as Vite writes it: a list of files, and for each import the places in it that it needs. */
function askedFor(chunk) {
  const list = JSON.parse(/m\.f=(\[[^\]]*\])/.exec(chunk)?.[1] ?? '[]')
  return [...chunk.matchAll(/__vite__mapDeps\(\[([\d,]*)\]\)/g)].flatMap(([, places]) =>
    places.split(',').map((place) => list[Number(place)]),
  )
}

function gzipped(paths) {
  return paths.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0)
}

function sizeBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

/** Bytes of the modules that a command loads. @param stop told of the process's first line, with what ends it */
async function loadedBy(args, stop = () => undefined) {
  const report = join(temporary, 'loaded.json')
  const hooks = pathToFileURL(at('scripts', 'lib', 'loaded-modules.mjs')).href
  const child = spawn(process.execPath, ['--import', hooks, at('out', 'main', 'cli.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, POSTHASTE_LOADED: report, NODE_DISABLE_COMPILE_CACHE: '1' },
  })
  child.stdout.once('data', (line) => void stop(String(line), () => child.kill('SIGTERM')))
  const status = await endOf(child)
  if (status !== 0) throw new Error(`posthaste ${args.join(' ')} ended with ${status}.`)
  const files = JSON.parse(readFileSync(report, 'utf8'))
  return files.filter((path) => path.startsWith(at('out'))).reduce((sum, path) => sum + statSync(path).size, 0)
}

async function loadedBySend() {
  const server = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const file = join(temporary, 'request.yml')
  writeFileSync(file, `info: { name: r, type: http }\nhttp: { method: GET, url: "http://127.0.0.1:${server.address().port}/" }\n`)
  try {
    return await loadedBy(['send', file, '--data-dir', join(temporary, 'data')])
  } finally {
    server.close()
  }
}

function loadedByServe() {
  return loadedBy(['serve', '--no-open', '--port', '0', '--data-dir', join(temporary, 'data')], async (line, stop) => {
    await fetch(line.slice(line.indexOf('http')).trim(), { redirect: 'manual' })
    stop()
  })
}
