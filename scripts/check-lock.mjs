// Part of `npm run lint`: package-lock.json must list every optional package that its packages name. A registry that
// lacks one makes npm leave it out without a word, and then `npm ci` fails on the systems it is for.
import { readFileSync } from 'node:fs'
import { at } from './lib/project.mjs'

const { packages } = JSON.parse(readFileSync(at('package-lock.json'), 'utf8'))
const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')))
const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !names.has(name))
    .map((name) => `${name} (wanted by ${path || 'package.json'})`),
)

if (Object.keys(packages).length < 2) throw new Error('package-lock.json lists no packages.')
if (missing.length > 0) {
  process.stderr.write(`package-lock.json lacks optional packages:\n${missing.map((line) => `  ${line}\n`).join('')}`)
  process.exitCode = 1
}
