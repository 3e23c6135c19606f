/** The Tree view of a body: by keyboard, by pointer, of a body of many megabytes, and for screen readers. */
import type { RequestListener } from 'node:http'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/fixtures.ts'
import { EditorPage } from './pages/editor.ts'
import { ResponsePage } from './pages/response.ts'

const DOCUMENT = `{
  "items": [
    {"id": 12345678901234567890, "price": 1.0, "a.b": 1e400, "tags": ["x", "y"], "": null},
    {"id": 2, "name": "caf\\u00e9", "name": "again"}
  ],
  "text": "${'long '.repeat(500)}",
  "nested": {"deep": {"deeper": [1, [2, [3]]]}}
}`
const ROWS = 100_000

const ANSWERS: Readonly<Record<string, string>> = {
  '/document': DOCUMENT,
  '/large': `{"rows":[${Array.from({ length: ROWS }, (_, id) => `{"id":${id},"name":"row ${id}","tags":["a","b"]}`).join(',')}]}`,
  '/catalog.xml': `<?xml version="1.0"?>
<catalog xmlns:x="urn:x">
  <book id="b1"><title>First &amp; best</title><x:price currency="EUR">9.50</x:price></book>
  <book id="b2"><title>Second</title></book>
</catalog>`,
  '/broken': '{"a": [1, 2],\n "b": oops}',
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

async function openTree(window: Page, serve: (listener: RequestListener) => Promise<string>, path: string) {
  const origin = await serve((request, response) => {
    response.setHeader('content-type', path.endsWith('.xml') ? 'application/xml' : 'application/json')
    response.end(ANSWERS[request.url ?? ''] ?? 'null')
  })
  const editor = new EditorPage(window)
  const response = new ResponsePage(window)
  await editor.newRequest()
  await editor.url.fill(`${origin}${path}`)
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
  await response.view('Tree')
  const tree = response.region.getByRole('tree', { name: 'Response body' })
  await expect(tree).toBeVisible()
  return { response, tree, path: response.region.getByRole('group', { name: 'Path of the selected node' }) }
}

const item = (tree: Locator, name: string | RegExp): Locator => tree.getByRole('treeitem', { name })
const clipboard = (window: Page): Promise<string> => window.evaluate(() => navigator.clipboard.readText())

test('is walked by keyboard, and paths and values are copied', async ({ window, serve }) => {
  const { tree, path, response } = await openTree(window, serve, '/document')
  await expect(item(tree, /^items/)).toBeVisible()

  await tree.focus()
  await window.keyboard.press('ArrowDown')
  await window.keyboard.press('ArrowRight')
  await expect(item(tree, /^0 \{5\}/)).toHaveAttribute('aria-level', '3')
  await window.keyboard.press('ArrowRight')
  await window.keyboard.press('*')
  await expect(item(tree, 'id: 12345678901234567890')).toBeVisible()
  await expect(item(tree, 'price: 1.0')).toBeVisible()
  await expect(item(tree, 'a.b: 1e400')).toBeVisible()
  await expect(item(tree, 'name: "café"')).toBeVisible()
  await expect(item(tree, 'name: "again"')).toBeVisible()
  await expect(item(tree, /^1 \{3\}/)).toHaveAttribute('aria-posinset', '2')
  await expect(item(tree, /^1 \{3\}/)).toHaveAttribute('aria-setsize', '2')

  await window.keyboard.press('ArrowRight')
  await window.keyboard.type('a.b')
  await expect(path).toHaveText("$.items[0]['a.b']")
  await window.keyboard.press('Control+C')
  await expect.poll(() => clipboard(window)).toBe("$['items'][0]['a.b']")
  await path.click()
  await expect.poll(() => clipboard(window)).toBe("$.items[0]['a.b']")
  await tree.focus()
  await window.keyboard.press('ArrowLeft')
  await expect(path).toHaveText('$.items[0]')
  await window.keyboard.press('ArrowLeft')
  await expect(item(tree, /^0 \{5\}/)).toHaveAttribute('aria-expanded', 'false')
  await response.region.getByRole('button', { name: 'Copy value' }).click()
  await expect.poll(() => clipboard(window)).toBe('{"id": 12345678901234567890, "price": 1.0, "a.b": 1e400, "tags": ["x", "y"], "": null}')

  await tree.focus()
  await window.keyboard.press('Home')
  await expect(path).toHaveText('$')
  await window.keyboard.press('End')
  await expect(path).toHaveText('$.nested')
})

test('shows long values whole, and opens everything below a node', async ({ window, serve }) => {
  const { tree, response } = await openTree(window, serve, '/document')

  await item(tree, /^text/).getByRole('button', { name: 'Show all' }).click()
  const whole = response.region.getByRole('region', { name: 'Whole value' })
  await expect(whole.getByRole('group', { name: 'Value' })).toHaveText('long '.repeat(500))
  await whole.getByRole('button', { name: 'Close the value' }).click()
  await expect(whole).toHaveCount(0)

  await item(tree, /^nested/).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Expand all below' }).click()
  await expect(item(tree, '0: 3')).toHaveAttribute('aria-level', '7')
  await item(tree, '0: 3').click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Copy short path' }).click()
  await expect.poll(() => clipboard(window)).toBe('$.nested.deep.deeper[1][1][0]')
})

test('stays open where it was, through other views and further answers', async ({ window, serve }) => {
  const { tree, response } = await openTree(window, serve, '/document')
  await item(tree, /^items/).dblclick()
  await item(tree, /^1 \{3\}/).dblclick()
  await expect(item(tree, 'id: 2')).toBeVisible()

  await response.view('Raw')
  await expect(tree).toHaveCount(0)
  await response.view('Tree')
  await expect(item(tree, 'id: 2')).toBeVisible()

  await new EditorPage(window).send.click()
  await expect(item(tree, 'id: 2')).toBeVisible()
  await expect(item(tree, /^nested/)).toHaveAttribute('aria-expanded', 'false')
})

test('reaches the end of a large body at once', async ({ window, serve }) => {
  const { tree, path } = await openTree(window, serve, '/large')

  // What is alone among its siblings is open at once.
  await expect(item(tree, /^rows \[100,000\]/)).toHaveAttribute('aria-expanded', 'true')
  await tree.focus()
  await window.keyboard.press('End')
  await expect(item(tree, /^99999 \{3\}/)).toBeVisible()
  await window.keyboard.press('ArrowRight')
  await window.keyboard.press('ArrowRight')
  await expect(item(tree, 'id: 99999')).toBeVisible()
  await expect(path).toHaveText('$.rows[99999].id')
})

test('is there for XML too, with XPaths', async ({ window, serve }) => {
  const { tree, path } = await openTree(window, serve, '/catalog.xml')

  await expect(item(tree, /^catalog \(3\)/)).toHaveAttribute('aria-expanded', 'true')
  await item(tree, /^book/).last().dblclick()
  await item(tree, '@id: b2').click()
  await expect(path).toHaveText('/catalog/book[2]/@id')
  await tree.focus()
  await window.keyboard.press('Control+C')
  await expect.poll(() => clipboard(window)).toBe('/catalog/book[2]/@id')
  await item(tree, /^book/).first().dblclick()
  await item(tree, 'title: First & best').click()
  await expect(path).toHaveText('/catalog/book[1]/title')
})

test('says where a body stops being JSON, and shows what stands before it', async ({ window, serve }) => {
  const { tree, response } = await openTree(window, serve, '/broken')

  await expect(response.region.getByText(/Not valid JSON from line 2, column 7 on: expected a value/)).toBeVisible()
  await expect(item(tree, /^a \[2\]/)).toBeVisible()
})

test('that takes long to be read can be stopped, and read again', async ({ window, serve }) => {
  // A page is made XML of first, which takes seconds for a million elements.
  const origin = await serve((_, answer) => void answer.setHeader('content-type', 'text/html').end('<p>word</p>'.repeat(1_000_000)))
  const response = new ResponsePage(window)
  const editor = new EditorPage(window)
  await editor.newRequest()
  await editor.url.fill(origin)
  await editor.send.click()
  await expect(response.status).toHaveText(/200 OK/)
  await response.view('Tree')
  const reading = response.region.getByRole('progressbar', { name: 'Reading' })
  const stop = response.region.getByRole('button', { name: 'Stop', exact: true })

  await expect(reading).toBeVisible()
  await stop.click()
  await expect(response.region.getByText('Stopped by you.')).toBeVisible()
  await expect(reading).toHaveCount(0)
  await response.region.getByRole('button', { name: 'Read it again' }).click()
  await expect(reading).toBeVisible()
  await expect(response.region.getByText('Stopped by you.')).toHaveCount(0)
  await stop.click()
  await expect(response.region.getByText('Stopped by you.')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no violations that axe can find (${colorScheme})`, async ({ window, serve }) => {
    await window.emulateMedia({ colorScheme })
    const { tree } = await openTree(window, serve, '/document')
    await item(tree, /^items/).dblclick()
    await expect(item(tree, /^0 \{5\}/)).toBeVisible()
    await item(tree, /^0 \{5\}/).dblclick()
    await expect(item(tree, 'price: 1.0')).toBeVisible()
    for (const name of ['price: 1.0', /^text/]) {
      await item(tree, name).click()
      const { violations } = await new AxeBuilder({ page: window }).exclude('.monaco-editor').disableRules(['region']).analyze()
      expect(violations).toEqual([])
    }
  })
}
