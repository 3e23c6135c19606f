// Whether out/ was built from the sources as they are now. The times and sizes of the files answer that quickly; where
// they differ, the content decides, so that a checkout of another branch and back builds nothing.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { at, giveUp, ROOT, say } from './project.mjs'

const SOURCES = [
  'src-main',
  'src-renderer',
  'assets',
  'docs',
  'electron.config.ts',
  'scripts/lib/window-chunks.mjs',
  'scripts/lib/write-notices.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]
const BUILT = [
  'out/main/cli.js',
  'out/main/electron.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
  'out/sbom.cdx.json',
  'out/THIRD-PARTY-NOTICES.txt',
]
const STAMP = at('out', 'build-stamp.json')

/** What the sources are now: two digests, the quick one of times and sizes, the exact one of content. */
export function sourceState(root = ROOT) {
  const files = SOURCES.flatMap((name) => filesBelow(join(root, name))).sort()
  const stats = files.map((path) => [relative(root, path), statSync(path)])
  return {
    quick: digest(stats.map(([path, { size, mtimeMs }]) => `${path}\0${size}\0${mtimeMs}`)),
    exact: () => digest(files.flatMap((path) => [relative(root, path), readFileSync(path)])),
  }
}

function isBuilt() {
  if (!BUILT.every((path) => existsSync(at(path)))) return false
  const stamp = readStamp()
  const now = sourceState()
  if (!stamp) return false
  if (stamp.quick === now.quick) return true
  const exact = now.exact()
  if (stamp.exact !== exact) return false
  writeStamp({ quick: now.quick, exact })
  return true
}

/** Builds where out/ is older than the sources. What the build says is shown where it fails. */
export async function ensureBuilt() {
  if (isBuilt()) return
  say('Building, which takes about half a minute.')
  const { status, stdout, stderr } = spawnSync(process.execPath, [at('scripts', 'build.mjs')], { cwd: ROOT, encoding: 'utf8' })
  if (status === 0) return
  process.stderr.write(`${stdout}${stderr}\n`)
  giveUp('The build failed; what it says is above.', 1)
}

export function writeStamp(stamp) {
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, `${JSON.stringify(stamp)}\n`)
}

function readStamp() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8'))
  } catch {
    return null
  }
}

function filesBelow(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

function digest(parts) {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}
