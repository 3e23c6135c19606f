// What `npm run package` puts into the packages of the desktop app, on stand-ins for what comes from elsewhere: Electron's
// distribution, and fpm. See test/support/packed-app.ts for what this can show.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fusesOf, packApp, packMacApp, type PackedApp } from '../support/packed-app.ts'
import { startTarget } from '../support/cli.ts'
import packageFile from '../../package.json' with { type: 'json' }

const run = promisify(execFile)
let dir: string
let packed: PackedApp

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'posthaste-package-'))
  packed = await packApp(dir)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** What fpm was asked for, for one kind of package. */
function askedFor(kind: 'deb' | 'rpm'): PackedApp['asked'][number] {
  const asked = packed.asked.find(({ args }) => args[args.indexOf('-t') + 1] === kind)
  if (!asked) throw new Error(`No ${kind} was asked for.`)
  return asked
}

/** The one file that goes to a place. */
function fileAt(kind: 'deb' | 'rpm', place: string): string {
  const file = askedFor(kind).files.get(place)
  if (file === undefined) throw new Error(`Nothing goes to ${place}.`)
  return file
}

describe('the packed app', () => {
  test('holds what was built and its licence: no sources, maps, packages or tests', async () => {
    const files = (await readdir(packed.app, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    const names = files.map(({ parentPath, name }) => join(parentPath, name).slice(packed.app.length + 1))

    expect([...new Set(names.map((name) => name.split('/')[0]))].sort()).toEqual(['LICENSE', 'out', 'package.json'])
    expect(names.filter((name) => /\.(?:map|ts|tsx)$|node_modules|build-stamp/.test(name))).toEqual([])
    expect(names).toEqual(expect.arrayContaining(['out/main/electron.js', 'out/main/cli.js', 'out/preload/preload.cjs']))
    expect(names).toEqual(expect.arrayContaining(['out/renderer/index.html', 'out/main/quickjs.wasm']))
  })

  test('has a package file that names its main side and neither scripts nor packages', async () => {
    const packedFile = JSON.parse(await readFile(join(packed.app, 'package.json'), 'utf8')) as Record<string, unknown>

    expect(packedFile).toMatchObject({ name: 'posthaste', version: packageFile.version, main: './out/main/electron.js', type: 'module' })
    expect(packedFile).not.toHaveProperty('devDependencies')
    expect(packedFile).not.toHaveProperty('scripts')
  })

  test('comes with the licences of all that is in it, and with no address to update from', async () => {
    const names = await readdir(join(packed.folder, 'resources'))
    const notices = await readFile(join(packed.folder, 'resources', 'THIRD-PARTY-NOTICES.txt'), 'utf8')

    expect(names).not.toContain('app-update.yml')
    for (const name of ['undici', 'react', 'monaco-editor', '@fontsource-variable/inter', '@jitl/quickjs-wasmfile-release-sync']) {
      expect(notices, name).toMatch(new RegExp(`^${name} \\d`, 'm'))
    }
  })

  test('has its fuses set', async () => {
    // RunAsNode, cookie encryption, NODE_OPTIONS, inspection, asar integrity, asar only, V8 snapshot, file: privileges
    expect((await fusesOf(join(packed.folder, 'posthaste-desktop'))).slice(0, 8)).toBe('01001100')
  })

  test('is the command line too, by its launcher, wherever a link to that stands', async () => {
    const { url } = await startTarget((_request, response) => response.end('hello'))
    const launcher = join(packed.folder, 'resources', 'bin', 'posthaste')
    const link = join(dir, 'posthaste-link')
    await symlink(launcher, link)
    const request = join(dir, 'request.yml')
    await writeFile(request, `info: { name: r, type: http }\nhttp: { method: GET, url: "${url}/{{path}}" }\n`)
    const env = { ...process.env, NODE_NO_WARNINGS: '1', DISPLAY: '' }

    expect((await run(link, ['--version'], { env })).stdout.trim()).toBe(packageFile.version)
    const sent = await run(launcher, ['send', request, '--var', 'path=a b', '--data-dir', join(dir, 'data')], { env })
    expect(sent.stdout).toBe('hello')
    await expect(run(launcher, ['send', join(dir, 'missing.yml')], { env })).rejects.toMatchObject({ code: 2 })
  })
})

test('the app for macOS has its fuses, its asar vouched for, its files, links and launcher', async () => {
  const app = await packMacApp(join(dir, 'mac'))
  const contents = join(app, 'Contents')
  const link = join(dir, 'mac-link')
  await symlink(relative(dir, join(contents, 'Resources/bin/posthaste')), link)
  const facts = await readFile(join(contents, 'Info.plist'), 'utf8')
  const listed = (key: string): readonly (string | undefined)[] =>
    [...facts.matchAll(new RegExp(`<key>${key}</key>\\s*<array>\\s*<string>([^<]*)`, 'g'))].map((match) => match[1])

  expect([listed('CFBundleURLSchemes'), listed('CFBundleTypeExtensions')]).toEqual([['posthaste'], ['http', 'har', 'bru']])
  expect(facts).toMatch(/<key>Resources\/app\.asar<\/key>\s*<dict>\s*<key>algorithm<\/key>\s*<string>SHA256<\/string>/)
  expect((await fusesOf(join(contents, 'Frameworks/Electron Framework.framework/Electron Framework'))).slice(0, 8)).toBe('01001100')
  expect((await run(link, ['send', 'a b.yml', '--json'])).stdout).toBe('--cli|--|send|a b.yml|--json|')
})

describe('the deb and the rpm', () => {
  test('are told whose they are, and what they need', () => {
    for (const kind of ['deb', 'rpm'] as const) {
      const { args } = askedFor(kind)
      const after = (name: string): string | undefined => args[args.indexOf(name) + 1]
      expect([after('--name'), after('--version'), after('--license')], kind).toEqual(['posthaste', packageFile.version, 'MIT'])
      expect(after('--description'), kind).toContain(packageFile.description)
      expect(args.at(args.indexOf('-d') + 1), kind).toMatch(/gtk/)
      expect(
        args.some((arg) => /\/linux-unpacked\/=\/opt\/Posthaste$/.test(arg)),
        kind,
      ).toBe(true)
    }
  })

  test('put the command line on the path', () => {
    expect(fileAt('deb', '/usr/bin/posthaste')).toContain('/opt/Posthaste/resources/bin/posthaste')
    expect(fileAt('rpm', '/usr/bin/posthaste')).toBe(fileAt('deb', '/usr/bin/posthaste'))
  })

  test('bring a menu entry that opens the app, its links and its files', () => {
    const entry = Object.fromEntries(
      fileAt('deb', '/usr/share/applications/posthaste-desktop.desktop')
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )

    expect(entry).toMatchObject({
      Name: 'Posthaste',
      Exec: '/opt/Posthaste/posthaste-desktop %U',
      Icon: 'posthaste-desktop',
      StartupWMClass: 'posthaste-desktop',
      Categories: 'Development;',
    })
    expect(entry['MimeType']?.split(';')).toEqual(
      expect.arrayContaining(['x-scheme-handler/posthaste', 'application/x-http-requests', 'application/x-postman-collection+json']),
    )
    const types = fileAt('deb', '/usr/share/mime/packages/posthaste-desktop.xml')
    expect([...types.matchAll(/<glob pattern="([^"]+)"/g)].map((match) => match[1]).sort()).toEqual([
      '*.bru',
      '*.har',
      '*.http',
      '*.postman_collection.json',
    ])
  })

  test('bring the icon in the sizes that desktops ask for', async () => {
    const places = [...askedFor('deb').files.keys()].filter((place) => place.startsWith('/usr/share/icons/'))

    expect(places).toContain('/usr/share/icons/hicolor/256x256/apps/posthaste-desktop.png')
    expect(places.length).toBeGreaterThanOrEqual(7)
    expect((await stat(join(packed.folder, 'resources', 'bin', 'posthaste'))).mode & 0o111).toBe(0o111)
  })
})
