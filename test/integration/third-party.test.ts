// What the build says that it has in it of others: the list must be of what is really there, and each with its licence.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const read = (...path: string[]): string => readFileSync(join(ROOT, ...path), 'utf8')

interface Component {
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly licenses: readonly { readonly license?: { readonly id: string }; readonly expression?: string }[]
  readonly hashes?: readonly { readonly content: string }[]
}
let components: readonly Component[]
beforeAll(() => {
  components = (JSON.parse(read('out', 'sbom.cdx.json')) as { readonly components: Component[] }).components
})

test('lists what is bundled, at the versions that are installed, and nothing that only builds or tests', () => {
  const names = components.map(({ name }) => name)

  expect(names).toEqual(expect.arrayContaining(['undici', 'ws', 'zod', 'yaml', 'react-dom', 'monaco-editor', 'chai', 'electron']))
  expect(names).toEqual(expect.arrayContaining(['@jitl/quickjs-wasmfile-release-sync', '@fontsource-variable/inter', 'tldts-core']))
  // What Monaco has copies of, as the packages that they are copies of.
  expect(names).toEqual(expect.arrayContaining(['dompurify', 'marked']))
  expect(names.filter((name) => /^(?:@types|@playwright|eslint|fast-check|prettier|typescript|vite|vitest)(?:$|[-/])/.test(name))).toEqual(
    [],
  )
  expect(new Set(components.map(({ purl }) => purl)).size).toBe(components.length)
  for (const { name, version } of components.filter((one) => ['undici', 'react', 'electron'].includes(one.name))) {
    expect(version).toBe((JSON.parse(read('node_modules', name, 'package.json')) as { version: string }).version)
  }
})

test('each has a licence that lets it be shipped under ours, its text, and the digest of its archive', () => {
  const notices = read('out', 'THIRD-PARTY-NOTICES.txt')
  const allowed =
    /^(?:0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|CC0-1\.0|ISC|MIT|MIT-0|OFL-1\.1|Python-2\.0|Unicode-3\.0|Unlicense)$/

  for (const { name, version, licenses, hashes } of components) {
    expect([name, licenses.map(choiceOf)]).toEqual([name, [expect.arrayContaining([expect.stringMatching(allowed)])]])
    expect([name, hashes?.[0]?.content]).toEqual([name, expect.stringMatching(/^[0-9a-f]{128}$/)])
    if (name !== 'electron') expect(notices).toContain(`${name} ${version}: `)
  }
  expect(notices).toContain('Permission is hereby granted, free of charge')
  expect(notices).toContain('SIL OPEN FONT LICENSE')
})

/** Of a package under one licence or another, we take it under the one that is allowed. */
function choiceOf({ license, expression = '' }: Component['licenses'][number]): readonly string[] {
  return license ? [license.id] : expression.split(' OR ')
}
