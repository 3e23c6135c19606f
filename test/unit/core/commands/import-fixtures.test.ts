// Every sample of every format, found by its content, written as a collection and read again: what the importers make has
// to be what files can hold.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hideCredentials } from '#core/import/hide-credentials.ts'
import type { Imported, ImportedItem } from '#core/import/imported.ts'
import { decodeText } from '#core/import/decode-text.ts'
import { detectFormats } from '#core/import/detect-format.ts'
import { sourceFile } from '#core/import/import-source.ts'
import { IMPORTERS } from '#core/import/importers.ts'
import { readImport } from '#core/import/read-import.ts'
import { summariseImport } from '#core/import/summarise-import.ts'
import type { NewItem } from '#core/storage/additions.ts'
import { exampleEntry } from '#core/commands/example-entry.ts'
import { workspaceKit } from '../storage/workspace-kit.ts'

const ROOT = join(import.meta.dirname, '../../../fixtures/import')
const LISTED = new Set<string>(IMPORTERS.map(({ format }) => format))

/** Samples that are one file, as `folder/file`. Those of a format that is not listed yet are left to its own tests. */
const SAMPLES = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && LISTED.has(entry.name))
  .flatMap(({ name }) =>
    readdirSync(join(ROOT, name), { withFileTypes: true })
      .filter((file) => file.isFile() && file.name.includes('.input.') && !file.name.startsWith('refused-'))
      .map((file) => `${name}/${file.name}`),
  )

function textOf(sample: string): string {
  return decodeText(readFileSync(join(ROOT, sample)))?.text ?? ''
}

function tools() {
  let last = 0
  return { progress: () => undefined, id: () => `id-${(last += 1)}` }
}

function newItem(item: ImportedItem): NewItem {
  if (item.kind === 'request') return { kind: 'request', document: item.document, examples: item.examples.map(exampleEntry) }
  const { name, docs, defaults, scripts, items, secrets = {} } = item
  return { kind: 'folder', name, docs, defaults, scripts, items: items.map(newItem), secrets }
}

function documentsOf(items: Imported['items']): unknown[] {
  return items.flatMap((item) => (item.kind === 'request' ? [item.document] : documentsOf(item.items)))
}

describe('samples', () => {
  test('are there for what is listed', () => {
    expect(SAMPLES.length).toBeGreaterThan(10)
  })

  test.each(SAMPLES)('%s is found to be what it is, by its content alone', async (sample) => {
    const { groups } = await detectFormats([sourceFile('', textOf(sample))], IMPORTERS)

    const [folder = ''] = sample.split('/')
    expect(groups.map(({ importer }) => importer.format.replace(/-environment$/, ''))).toEqual([folder])
  })

  test.each(SAMPLES)('%s is written as a collection, and reads back as it was', async (sample) => {
    const read = await readImport([sourceFile(sample, textOf(sample))], IMPORTERS, { tools: tools() })
    const summary = summariseImport(read)
    const { imported } = hideCredentials(read)
    const kit = await workspaceKit()

    const { docs, defaults, scripts, environments, sessions, secrets } = imported
    const whole = { items: imported.items.map(newItem), docs, defaults, scripts, environments, sessions, secrets }
    const { collectionId } = await kit.workspace.additions.create('All', undefined, whole)

    const [collection] = await kit.workspace.read()
    const nodes = collection?.nodes ?? []
    expect(nodes.filter(({ kind }) => kind === 'broken').map(({ error }) => error)).toEqual([])
    expect(nodes.filter(({ kind }) => kind === 'request')).toHaveLength(summary.counts.requests)
    expect(nodes.filter(({ kind }) => kind === 'folder')).toHaveLength(summary.counts.folders)
    const opened = await Promise.all(nodes.filter(({ kind }) => kind === 'request').map(({ id }) => kit.workspace.requests.open(id)))
    expect(opened.map((one) => (one.kind === 'request' ? plain(one.document) : one.error))).toEqual(documentsOf(imported.items).map(plain))
    const kept = await kit.workspace.settings.environments(collectionId)
    expect(kept.filter(({ fault }) => fault !== null)).toEqual([])
    expect(kept).toHaveLength(imported.environments.length)
    const { defaults: readBack } = await kit.workspace.settings.defaults({ collectionId, folderId: null })
    expect(plain(readBack)).toEqual(plain({ ...defaults, scripts }))
  })
})

/** What is absent and what is empty say the same in a file. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => {
      if (Array.isArray(inner)) return inner.length === 0 ? undefined : inner
      if (inner === '' || inner === false) return undefined
      return typeof inner === 'object' && inner !== null && Object.keys(inner).length === 0 ? undefined : inner
    }),
  )
}
