/**
 * Packs the app as `npm run package` does, where no Electron binary is: a folder stands in for Electron's distribution,
 * and a recorder for fpm, which makes the deb and the rpm. What is in the packed folder is what a release would hold;
 * that Electron runs it, or that an installer is in order, is nothing this could show.
 */
import { execFile } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { extractAll } from '@electron/asar'
import electronPackage from 'electron/package.json' with { type: 'json' }

const ROOT = resolve(import.meta.dirname, '..', '..')
/** How Electron's program marks the bytes that hold its fuses, then their version and number, then all of them off. */
const FUSES = { sentinel: 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', version: 1, count: 9 } as const
const WIRE = FUSES.sentinel + String.fromCharCode(FUSES.version, FUSES.count) + '0'.repeat(FUSES.count)

export interface PackedApp {
  /** The folder that an installer would put into place. */
  readonly folder: string
  /** What is in `app.asar`, as files. */
  readonly app: string
  /** What fpm was asked for, by the kind of package; files that go to another place than the app's, by that place. */
  readonly asked: readonly { readonly args: readonly string[]; readonly files: ReadonlyMap<string, string> }[]
}

/** @param dir an empty folder */
export async function packApp(dir: string): Promise<PackedApp> {
  const [electron, output, app] = [join(dir, 'electron'), join(dir, 'dist'), join(dir, 'app')]
  const recorder = join(dir, 'fpm')
  await makeDistribution(electron, app)
  await writeProgram(recorder, RECORDER)
  await runBuilder(['--linux', 'dir', 'deb', 'rpm', '--x64'], electron, output, { CUSTOM_FPM_PATH: recorder })
  const folder = join(output, 'linux-unpacked')
  extractAll(join(folder, 'resources', 'app.asar'), app)
  return { folder, app, asked: await readRecords(`${recorder}-asked`) }
}

/** The same for macOS, as far as that goes elsewhere: nothing is signed. Resolves to the path of the app. @param dir an empty folder */
export async function packMacApp(dir: string): Promise<string> {
  const [electron, output] = [join(dir, 'electron'), join(dir, 'dist')]
  await makeMacDistribution(join(electron, 'Electron.app', 'Contents'))
  await runBuilder(['--mac', 'dir', '--x64'], electron, output, { CSC_IDENTITY_AUTO_DISCOVERY: 'false' })
  return join(output, 'mac', 'Posthaste.app')
}

async function runBuilder(wanted: readonly string[], electron: string, output: string, env: Record<string, string>): Promise<void> {
  const args = [...wanted, '--publish', 'never', '--config', 'electron-builder.config.mjs']
  const where = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`]
  await promisify(execFile)(process.execPath, [join(ROOT, 'node_modules/electron-builder/cli.js'), ...args, ...where], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  })
}

const MAC_FRAMEWORK = 'Frameworks/Electron Framework.framework'

/** As much as electron-builder looks for. The program prints what it is started with. */
async function makeMacDistribution(contents: string): Promise<void> {
  for (const language of ['en', 'de']) {
    const folder = join(contents, MAC_FRAMEWORK, 'Versions/A/Resources', `${language}.lproj`)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'locale.pak'), '')
  }
  await mkdir(join(contents, 'Resources'))
  await writeFile(join(contents, MAC_FRAMEWORK, 'Electron Framework'), WIRE, 'latin1')
  await makeMacProgram(contents, 'Electron')
  for (const kind of ['', ' (Renderer)', ' (GPU)', ' (Plugin)']) {
    await makeMacProgram(join(contents, `Frameworks/Electron Helper${kind}.app/Contents`), `Electron Helper${kind}`)
  }
}

async function makeMacProgram(contents: string, name: string): Promise<void> {
  await mkdir(join(contents, 'MacOS'), { recursive: true })
  const facts = `<dict><key>CFBundleExecutable</key><string>${name}</string><key>CFBundleName</key><string>${name}</string></dict>`
  await writeFile(join(contents, 'Info.plist'), `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">${facts}</plist>\n`)
  await writeProgram(join(contents, 'MacOS', name), '#!/bin/sh\nprintf "%s|" "$@"\n')
}

/** As much as electron-builder looks for. Its program is Node on the stand-in for `electron`, with what the asar held. */
async function makeDistribution(folder: string, app: string): Promise<void> {
  await mkdir(join(folder, 'locales'), { recursive: true })
  await mkdir(join(folder, 'resources'))
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak', 'locales/de.pak']) {
    await writeFile(join(folder, name), '')
  }
  await writeFile(join(folder, 'version'), electronPackage.version)
  const hooks = pathToFileURL(join(import.meta.dirname, 'electron-stand-in-hooks.ts')).href
  const run = `exec '${process.execPath}' --import '${hooks}' '${join(app, 'out/main/electron.js')}' "$@"`
  await writeProgram(join(folder, 'electron'), `#!/bin/sh\n${run}\n# ${WIRE}`)
}

/** The fuses of a program or of macOS's framework, `1` for on and `0` for off, in Electron's order. */
export async function fusesOf(program: string): Promise<string> {
  const text = await readFile(program, 'latin1')
  const start = text.indexOf(FUSES.sentinel) + FUSES.sentinel.length + 2
  return text.slice(start, start + FUSES.count)
}

/** Keeps its arguments, and the files that they name: those are gone when packing is over. */
const RECORDER = `#!/bin/sh
mkdir -p "$0-asked"
record=$(mktemp -d "$0-asked/XXXXXX")
count=0
for arg in "$@"; do
  printf '%s\\0' "$arg" >>"$record/args"
  case $arg in
    *=/*) from=\${arg%%=*}; to=\${arg#*=} ;;
    /*) from=$arg; to=$arg ;;
    *) continue ;;
  esac
  [ -f "$from" ] || continue
  count=$((count + 1))
  cp "$from" "$record/$count.file"
  printf '%s' "$to" >"$record/$count.place"
done
`

async function readRecords(folder: string): Promise<PackedApp['asked']> {
  const records = await readdir(folder)
  return Promise.all(
    records.map(async (record) => {
      const at = (name: string): string => join(folder, record, name)
      const places = (await readdir(join(folder, record))).filter((name) => name.endsWith('.place'))
      const pairs = places.map(
        async (name) => [await readFile(at(name), 'utf8'), await readFile(at(name.replace('.place', '.file')), 'latin1')] as const,
      )
      const args = (await readFile(at('args'), 'utf8')).split('\0').slice(0, -1)
      return { args, files: new Map(await Promise.all(pairs)) }
    }),
  )
}

async function writeProgram(path: string, text: string): Promise<void> {
  await writeFile(path, text, 'latin1')
  await chmod(path, 0o755)
}
