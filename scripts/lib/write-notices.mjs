// What the build has in it of others, from the module graph of the build itself (`electron.config.ts` notes it): not what
// is installed, for most of that only builds and tests. `out/sbom.cdx.json` lists it for machines (CycloneDX 1.6), and
// `out/THIRD-PARTY-NOTICES.txt` has the licence of each, which those licences ask to go along.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { at } from './project.mjs'

export const SBOM = at('out', 'sbom.cdx.json')
export const NOTICES = at('out', 'THIRD-PARTY-NOTICES.txt')

/** Runs the desktop app, and is none of our bundle: its own licences lie beside it in a package. */
const RUNTIMES = ['electron']
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice|third-?party-?notices?)(?:[-.].*)?$/i

export function writeNotices() {
  const lock = readJson(at('package-lock.json')).packages
  const bundled = bundledFolders().map((folder) => described(folder, lock))
  const runtimes = RUNTIMES.map((name) => described(name, lock))
  writeFileSync(SBOM, `${JSON.stringify(bill(bundled, runtimes), null, 2)}\n`)
  writeFileSync(NOTICES, notices(bundled))
  rmSync(at('out', 'packages'), { recursive: true })
}

/** Folders below `node_modules` whose files are in the build, sorted. */
function bundledFolders() {
  const lists = readdirSync(at('out', 'packages')).map((name) => readJson(at('out', 'packages', name)))
  const folders = lists.flat().map((file) => /^(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? file)
  return [...new Set(folders)].sort()
}

function described(folder, lock) {
  const { name, version, license, author, homepage } = readJson(at('node_modules', folder, 'package.json'))
  const files = readdirSync(at('node_modules', folder)).filter((file) => LICENCE_FILE.test(file))
  const texts = files.sort().map((file) => readFileSync(join(at('node_modules', folder), file), 'utf8').trim())
  const integrity = lock[`node_modules/${folder}`]?.integrity ?? null
  return { name, version, license, author: typeof author === 'object' ? author.name : author, homepage, texts, integrity }
}

function bill(bundled, runtimes) {
  const { name, version, license } = readJson(at('package.json'))
  const root = `pkg:npm/${name}@${version}`
  const refs = [...bundled, ...runtimes].map(purlOf)
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': root, name, version, purl: root, licenses: licensesOf(license) } },
    components: [...bundled.map((one) => component(one, 'library')), ...runtimes.map((one) => component(one, 'framework'))],
    dependencies: [{ ref: root, dependsOn: refs }],
  }
}

function component(one, type) {
  const { name, version, license, integrity, homepage } = one
  const purl = purlOf(one)
  // As the lock file has it: the digest of the archive that was installed.
  const digest = /^sha512-(.+)$/.exec(integrity ?? '')?.[1]
  return {
    type,
    'bom-ref': purl,
    name,
    version,
    scope: 'required',
    purl,
    licenses: licensesOf(license),
    ...(digest && { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }),
    ...(homepage && { externalReferences: [{ type: 'website', url: homepage }] }),
  }
}

function purlOf({ name, version }) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`
}

function licensesOf(license) {
  if (!license) return []
  return /[ ()]/.test(license) ? [{ expression: license.replace(/^\((.*)\)$/, '$1') }] : [{ license: { id: license } }]
}

function notices(bundled) {
  const head = 'Posthaste has these packages in it, whole or in part. Each is under its own licence.\n'
  return [head, ...bundled.map(noticeOf)].join(`\n${'='.repeat(80)}\n\n`)
}

function noticeOf({ name, version, license, author, texts }) {
  const title = `${name} ${version}: ${license}\n`
  // Some packages name their licence without its text.
  return [title, ...(texts.length > 0 ? texts : [`By ${author ?? `the authors of ${name}`}.`])].join('\n') + '\n'
}

function readJson(path) {
  if (!existsSync(path)) throw new Error(`There is no ${path}.`)
  return JSON.parse(readFileSync(path, 'utf8'))
}
