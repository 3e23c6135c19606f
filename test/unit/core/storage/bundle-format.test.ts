import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { bundleText } from '#core/storage/opencollection/bundle-format.ts'
import { readPlaceTexts, readSettings, readCollectionFile } from '#core/storage/opencollection/info-format.ts'
import { readRequest } from '#core/storage/opencollection/request-format.ts'
import type { ExportItem } from '#core/export/export-tree.ts'
import { shopTree } from '../../../support/export-trees.ts'

function bundled(): { readonly text: string; readonly tree: ReturnType<typeof shopTree> } {
  const tree = { ...shopTree(), scripts: [{ type: 'before-request', code: 'let a = 1\nlet b' }] }
  const itemOf = (item: ExportItem): Parameters<typeof bundleText>[0]['items'][number] =>
    item.kind === 'folder' ? { ...item, items: item.items.map(itemOf) } : { ...item, examples: [] }
  return { text: bundleText({ ...tree, items: tree.items.map(itemOf) }), tree }
}

describe('a collection in one file', () => {
  test('says what its own file would', () => {
    const { text, tree } = bundled()

    expect(readSettings(text, 'x')).toEqual({ name: 'Shop', defaults: tree.defaults, sessions: [], scripts: tree.scripts })
    expect(readPlaceTexts(text, 'x')).toEqual({ docs: 'All of it.', scripts: tree.scripts })
    expect(readCollectionFile(text, 'x').isBundled).toBe(true)
  })

  test('each item is what its own file would be', () => {
    const { text, tree } = bundled()
    const { items } = parse(text) as { items: readonly { readonly items?: readonly unknown[] }[] }

    const documents = items.flatMap((item) => item.items ?? [item]).map((item) => readRequest(stringify(item), 'x', 'x').document)

    const expected = tree.items
      .flatMap((item) => (item.kind === 'folder' ? item.items : [item]))
      .flatMap((item) => (item.kind === 'request' ? [item.document] : []))
    expect(documents).toEqual(expected)
  })

  test('environments stand under config', () => {
    expect((parse(bundled().text) as { config: unknown }).config).toEqual({
      environments: [
        {
          name: 'Local',
          variables: [
            { name: 'baseUrl', value: 'http://localhost:{{port}}' },
            { name: 'port', value: '8080' },
          ],
        },
      ],
    })
  })
})
