// A build plugin that lists the packages that the build was made from, with their licences, in
// out/THIRD-PARTY-NOTICES.txt: licences ask that their text goes along with what is made of them. Taken from what the
// bundler read and not from package.json, so that nothing is forgotten that came along with something else.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { at } from './project.mjs'

const NOTICES = at('out', 'THIRD-PARTY-NOTICES.txt')
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice|third-?party-?notices)(?:[-.].*)?$/i
const PACKAGE = /^(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/

/** Folders of packages, from every part of the build: each writes all that is known by then, so the last one writes all. */
const folders = new Set()

/**
 * @param {readonly string[]} more packages whose files a part takes without the bundler reading them
 */
export function thirdPartyNotices(more = []) {
  return {
    name: 'third-party-notices',
    generateBundle() {
      for (const name of more) folders.add(at('node_modules', name))
      for (const id of this.getModuleIds()) {
        const folder = PACKAGE.exec(id.replace(/^\0+/, ''))?.[1]
        if (folder !== undefined) folders.add(folder)
      }
    },
    closeBundle() {
      mkdirSync(dirname(NOTICES), { recursive: true })
      writeFileSync(NOTICES, noticesOf([...folders]))
    },
  }
}

function noticesOf(all) {
  const packages = all.map(readPackage).sort((one, other) => one.title.localeCompare(other.title, 'en'))
  const unique = [...new Map(packages.map((one) => [one.title, one])).values()]
  const head = 'Posthaste contains these packages, under their licences.\n'
  return [head, ...unique.map(({ title, license, texts }) => [`${title}\nLicence: ${license}\n`, ...texts].join('\n'))].join(
    `\n${'='.repeat(78)}\n`,
  )
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim() + '\n')
  return { title: `${name} ${version}`, license: license ?? 'see below', texts }
}
