/** What is exported and imported again is what it was, as far as the format can say it. */
import { expect, test } from 'vitest'
import type { RequestDocument } from '#contract/model/request.ts'
import { toHar } from '#core/export/har/to-har.ts'
import { toHttpFile } from '#core/export/http-file/to-http-file.ts'
import type { Exported, ExportItem } from '#core/export/export-tree.ts'
import { sourceFile } from '#core/import/import-source.ts'
import type { Imported, ImportedItem } from '#core/import/imported.ts'
import { IMPORTERS } from '#core/import/importers.ts'
import { readImport } from '#core/import/read-import.ts'
import { bundleText } from '#core/storage/opencollection/bundle-format.ts'
import { shopTree } from '../../../support/export-trees.ts'

const TOOLS = { progress: () => undefined, id: () => 'id' }

async function backAgain({ files }: Pick<Exported, 'files'>): Promise<Imported> {
  return readImport(
    files.map(({ name, text }) => sourceFile(name, text)),
    IMPORTERS,
    { tools: TOOLS },
  )
}

function documentsOf(items: readonly ImportedItem[]): RequestDocument[] {
  return items.flatMap((item) => (item.kind === 'request' ? [item.document] : documentsOf(item.items)))
}

test('OpenCollection in one file', async () => {
  const tree = shopTree()
  const itemOf = (item: ExportItem): Parameters<typeof bundleText>[0]['items'][number] =>
    item.kind === 'folder' ? { ...item, items: item.items.map(itemOf) } : { ...item, examples: [] }

  const after = await backAgain({ files: [{ name: 'Shop.yml', text: bundleText({ ...tree, items: tree.items.map(itemOf) }) }] })

  expect(after.format).toBe('opencollection')
  expect(documentsOf(after.items)).toEqual(documentsOf(tree.items))
  expect(after).toMatchObject({ name: 'Shop', docs: 'All of it.', defaults: tree.defaults })
  expect(after.environments.map(({ environment }) => environment)).toEqual(tree.environments)
})

/** What goes over the wire of a request, but for its address: the formats have no rows that are off, and their bodies a type. */
function sentOf({ method, headers, body, auth }: RequestDocument): object {
  const sent = body.kind === 'form' ? { ...body, rows: body.rows.filter(({ enabled }) => enabled) } : body
  return { method, headers: headers.filter(({ name }) => name !== 'Content-Type'), body: sent, auth }
}

/** As they stand in the tree, with the credentials that they inherit. */
const BEFORE = documentsOf(shopTree().items).map((document) =>
  document.auth.kind === 'inherit' ? { ...document, auth: shopTree().defaults.auth } : document,
)

test('an .http file', async () => {
  const after = await backAgain(toHttpFile(shopTree()))

  expect(after.format).toBe('http-file')
  expect(documentsOf(after.items).map(sentOf)).toEqual(BEFORE.map(sentOf))
  expect(documentsOf(after.items).map(({ name, url }) => [name, url])).toEqual([
    ['Orders / Create an order', '{{baseUrl}}/orders?notify=true'],
    ['Orders / Read an order', '{{baseUrl}}/orders/7'],
    ['Log in', '{{baseUrl}}/login'],
    ['Upload', '{{baseUrl}}/files'],
    ['Put a text', '{{baseUrl}}/notes'],
  ])
  expect(documentsOf(after.items)[0]?.docs).toBe('Makes one.')
  expect(after.environments.map(({ environment }) => environment)).toEqual(shopTree().environments)
})

test('HAR', async () => {
  const after = await backAgain(toHar(shopTree()))

  expect(after.format).toBe('har')
  // What a file holds is not in it, and credentials of Basic are one text there.
  const comparable = ({ body, auth, headers, ...document }: RequestDocument): object => ({
    ...sentOf({ ...document, body: { kind: 'none' }, auth: { kind: 'none' }, headers: auth.kind === 'basic' ? [] : headers }),
    body: body.kind === 'multipart' ? body.parts.map(({ name }) => name) : body.kind === 'form' ? body.rows[0] : body,
  })
  const plain = (document: RequestDocument): RequestDocument => ({
    ...document,
    headers: document.headers.filter(({ name }) => name !== 'Authorization'),
  })
  expect(documentsOf(after.items).map(plain).map(comparable)).toEqual(BEFORE.map(comparable))
  expect(documentsOf(after.items).map(({ url }) => url)).toEqual([
    'http://localhost:8080/orders?notify=true',
    'http://localhost:8080/orders/7',
    'http://localhost:8080/login',
    'http://localhost:8080/files',
    'http://localhost:8080/notes',
  ])
  expect(documentsOf(after.items)[0]?.auth).toEqual({ kind: 'bearer', token: '{{token}}' })
  const [folder] = after.items
  expect(folder).toMatchObject({
    kind: 'folder',
    name: 'Orders',
    items: [{ examples: [{ name: 'Made', status: 201, body: '{\n  "id": 7\n}' }] }, {}],
  })
})
