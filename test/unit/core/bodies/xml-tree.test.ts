import fc from 'fast-check'
import { evaluateXPathToNodes } from 'fontoxpath'
import { parseXmlDocument, type Node } from 'slimdom'
import { describe, expect, test } from 'vitest'
import type { TreeNode } from '../../../../src-main/contract/model/body-tree.ts'
import { TOP_NODE } from '../../../../src-main/core/bodies/tree-index.ts'
import type { TreeSource } from '../../../../src-main/core/bodies/tree-source.ts'
import { xmlNodes, xmlRoot, xmlTextPiece } from '../../../../src-main/core/bodies/xml-nodes.ts'
import { indexXml } from '../../../../src-main/core/bodies/xml-tree-index.ts'
import { xPathOf } from '../../../../src-main/core/bodies/xml-tree.ts'

function treeOf(text: string, cut = 65_536): TreeSource {
  const bytes = Buffer.from(text)
  const indexer = indexXml(0)
  for (let at = 0; at < bytes.length; at += cut) indexer.write(bytes.subarray(at, at + cut))
  const index = indexer.finish((lineStart, offset) => bytes.toString('utf8', lineStart, offset).length + 1)
  return { index, start: 0, read: async (offset, length) => bytes.subarray(offset, offset + length) }
}

interface Outline {
  readonly kind: string
  readonly name: string | null
  readonly text: string
  readonly children: readonly Outline[]
}

async function outlineOf(tree: TreeSource, node: TreeNode, page: number): Promise<Outline> {
  const children: Outline[] = []
  for (let from = 0; from < (node.count ?? 0); from += page) {
    for (const child of await xmlNodes(tree, node.start, from, page)) children.push(await outlineOf(tree, child, page))
  }
  expect(children).toHaveLength(node.count ?? 0)
  return { kind: node.kind, name: node.name, text: node.count === null ? node.text : '', children }
}

const top = async (text: string, page = 100, cut?: number): Promise<readonly Outline[]> => {
  const tree = treeOf(text, cut)
  expect(tree.index.problem).toBeNull()
  return Promise.all((await xmlNodes(tree, TOP_NODE, 0, 100)).map((node) => outlineOf(tree, node, page)))
}

const leaf = (kind: string, name: string | null, text: string): Outline => ({ kind, name, text, children: [] })

describe('the tree of XML', () => {
  test('has attributes, texts and the rest, each as what it is', async () => {
    const found = await top(
      '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "]>">]>\n<!-- first --><a id = \'1 &lt; 2\' ns:b="&#233;">text &amp; <b/><c>only &#x1F600;</c><![CDATA[<raw>]]><?php echo 1 ?> tail</a>',
    )

    expect(found).toEqual([
      leaf('instruction', 'xml', 'version="1.0"'),
      leaf('doctype', null, 'a [<!ENTITY x "]>">]'),
      leaf('comment', null, 'first'),
      {
        kind: 'element',
        name: 'a',
        text: '',
        children: [
          leaf('attribute', 'id', '1 < 2'),
          leaf('attribute', 'ns:b', 'é'),
          leaf('text', null, 'text &'),
          leaf('element', 'b', ''),
          leaf('element', 'c', 'only 😀'),
          leaf('cdata', null, '<raw>'),
          leaf('instruction', 'php', 'echo 1'),
          leaf('text', null, 'tail'),
        ],
      },
    ])
  })

  const name = fc.constantFrom('a', 'b', 'c', 'größe', 'x-1')
  const words = fc
    .string({ unit: fc.constantFrom('a', 'é', '😀', '<', '&', '"', '>', ' ', 'z'), minLength: 1 })
    .filter((text) => text.trim() !== '')
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
  const xml: fc.Arbitrary<string> = fc.letrec<{ element: string; content: string }>((tie) => ({
    element: fc
      .tuple(name, fc.uniqueArray(name, { maxLength: 2 }), words, fc.array(tie('content'), { maxLength: 4 }))
      .map(([tag, attributes, value, content]) => {
        const open = `${tag}${attributes.map((each) => ` ${each}="${escaped(value)}"`).join('')}`
        return content.length === 0 ? `<${open} />` : `<${open}>${content.join('')}</${tag}>`
      }),
    content: fc.oneof(
      { maxDepth: 4 },
      words.map((text) => escaped(text)),
      fc.constant('<!--note-->'),
      fc.constant('\n  '),
      fc.constant('<?do it?>'),
      tie('element'),
    ),
  })).element

  test('of random documents is that of a parser, read in pages and pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(xml, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }), async (text, page, cut) => {
        expect(await top(text, page, cut)).toEqual([expectedOf(parseXmlDocument(text).documentElement)])
      }),
    )
  })

  test('gives every node an XPath that leads to it, and to nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(xml, async (text) => {
        const tree = treeOf(text)
        const document = parseXmlDocument(text)
        const visit = async (node: TreeNode, starts: readonly number[]): Promise<void> => {
          const path = await xPathOf(tree, starts)
          const found = evaluateXPathToNodes<Node>(path ?? '()', document)
          expect(found, `${path} in ${text}`).toHaveLength(1)
          expect([found[0]?.nodeName.replace(/^#.*/, ''), node.count === null ? textOf(found[0]) : '']).toEqual([
            node.name ?? '',
            node.count === null ? node.text : '',
          ])
          for (const child of node.count === null ? [] : await xmlNodes(tree, node.start, 0, 100))
            await visit(child, [...starts, child.start])
        }
        const root = await xmlRoot(tree)
        if (root !== null) await visit(root, [root.start])
      }),
      { numRuns: 60 },
    )
  })
})

const textOf = (node: Node | undefined): string => {
  if (node === undefined) return ''
  if ('value' in node) return String(node.value).trim()
  return ('data' in node ? String(node.data) : (node.childNodes[0]?.nodeValue ?? '')).trim()
}

function expectedOf(element: Node | null): Outline {
  if (element === null || !('attributes' in element)) throw new Error('no element')
  const attributes = element.attributes as readonly { readonly name: string; readonly value: string }[]
  const content = mergedContent(element)
  const [only] = content
  if (attributes.length === 0 && content.length === 0) return leaf('element', element.nodeName, '')
  if (attributes.length === 0 && content.length === 1 && only?.kind === 'text') return leaf('element', element.nodeName, only.text)
  return {
    kind: 'element',
    name: element.nodeName,
    text: '',
    children: [...attributes.map((each) => leaf('attribute', each.name, each.value.trim())), ...content],
  }
}

function mergedContent(element: Node): readonly Outline[] {
  const content: Outline[] = []
  for (const node of element.childNodes) {
    if (node.nodeType === 3 && (node.nodeValue ?? '').trim() !== '') content.push(leaf('text', null, (node.nodeValue ?? '').trim()))
    else if (node.nodeType === 8) content.push(leaf('comment', null, node.nodeValue ?? ''))
    else if (node.nodeType === 7) content.push(leaf('instruction', node.nodeName, node.nodeValue ?? ''))
    else if (node.nodeType === 1) content.push(expectedOf(node))
  }
  return content
}

describe('a document of some size', () => {
  const books = Array.from(
    { length: 30_000 },
    (_, id) => `<book id="${id}"><title>Title ${id} &amp; more</title><tags><t>a</t><t/></tags></book>`,
  )
  const text = `<catalog version="2"><intro>words</intro>${books.join('\n')}<last>end</last></catalog>`

  test('is read by pages anywhere, and a node far into it has its path', async () => {
    const tree = treeOf(text)
    let bytes = 0
    const counting: TreeSource = { ...tree, read: (offset, length) => ((bytes += length), tree.read(offset, length)) }
    const root = await xmlRoot(tree)
    const page = await xmlNodes(counting, root?.start ?? 0, 25_002, 3)

    expect(root).toMatchObject({ kind: 'element', name: 'catalog', count: 30_003 })
    expect(page.map((node) => [node.name, node.count, node.text.slice(0, 15)])).toEqual(
      [25_000, 25_001, 25_002].map((id) => ['book', 3, `<book id="${id}`.slice(0, 15)]),
    )
    expect(bytes).toBeLessThan(1_000_000)
    const [, title] = await xmlNodes(tree, page[0]?.start ?? 0, 0, 5)
    expect(title).toMatchObject({ name: 'title', text: 'Title 25000 & more', count: null })
    expect(await xPathOf(tree, [root?.start ?? 0, page[0]?.start ?? 0, title?.start ?? 0])).toBe('/catalog/book[25001]/title')
    const [end] = await xmlNodes(tree, root?.start ?? 0, 30_002, 5)
    expect(await xPathOf(tree, [root?.start ?? 0, end?.start ?? 0])).toBe('/catalog/last')
  })

  test('has paths to texts, and none to what XPath does not know', async () => {
    const tree = treeOf('<!DOCTYPE a><a xmlns:x="urn:x" y="1">only</a>')
    const [doctype, element] = await xmlNodes(tree, TOP_NODE, 0, 5)
    const paths = (await xmlNodes(tree, element?.start ?? 0, 0, 5)).map((node) => xPathOf(tree, [element?.start ?? 0, node.start]))

    expect(await Promise.all(paths)).toEqual([null, '/a/@y', '/a/text()'])
    expect(await xPathOf(tree, [doctype?.start ?? 0])).toBeNull()
    expect(await xPathOf(tree, [])).toBe('/')
  })

  test('gives a long text in pieces that break no reference', async () => {
    const long = 'é&amp;😀&#233;'.repeat(40_000)
    const tree = treeOf(`<a x="1"><b>${long}</b></a>`)
    const [, node] = await xmlNodes(tree, 0, 0, 2)
    let all = ''
    for (let from: number | null = 0; from !== null && node !== undefined;) {
      const piece: { text: string; next: number | null } | null = await xmlTextPiece(tree, node, from)
      all += piece?.text ?? ''
      from = piece?.next ?? null
    }

    expect(all).toBe('é&😀é'.repeat(40_000))
  })
})

describe('what is not well-formed', () => {
  test.each([
    ['<a><b>1</b><c>2</a>', 'expected the end of “c”', 1, 16],
    ['<a>\n <b', 'the text ends inside a tag or the like', 2, 4],
    ['<a>text', 'the element “a” is not closed', 1, 8],
    ['<a/><b/>', 'a second element beside the outermost', 1, 5],
    ['<a>1 & 2</a>', '“&” that begins no reference: it is written “&amp;”', 1, 7],
    ['<a x=1/>', 'expected the attribute’s value in quotes', 1, 6],
    ['<a x="<"/>', '“<” in an attribute’s value', 1, 7],
    ['é<a/>', 'text outside of the outermost element', 1, 1],
    ['<a></b></a>', 'expected the end of “a”', 1, 4],
    ['</a>', 'an end tag without its element', 1, 1],
    ['<a>\u0001</a>', 'a control character', 1, 4],
  ])('%j stops', (text, reason, line, column) => {
    expect(treeOf(text).index.problem).toEqual({ reason, line, column })
  })

  test('shows what stands before', async () => {
    const tree = treeOf('<a x="1"><b>1</b><c>two<d></a>')
    const root = await xmlRoot(tree)

    expect(root).toMatchObject({ name: 'a', count: 3 })
    expect((await xmlNodes(tree, root?.start ?? 0, 0, 10)).map(({ name, count }) => [name, count])).toEqual([
      ['x', null],
      ['b', null],
      ['c', 2],
    ])
  })
})
