/** JUnit XML as a CI service meets it: checked with an XML Schema by libxml2's xmllint, and then read as a tree. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { validateXML } from 'xmllint-wasm'

const SCHEMA = join(import.meta.dirname, '..', 'fixtures', 'junit', 'junit.xsd')

export interface JunitElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly JunitElement[]
}

/** The document as a tree. @throws where it is no well-formed XML, or does not fit the schema */
export async function validJunit(xml: string): Promise<JunitElement> {
  const schema = await readFile(SCHEMA, 'utf8')
  const { valid, rawOutput } = await validateXML({ xml: { fileName: 'report.xml', contents: xml }, schema })
  if (!valid) throw new Error(rawOutput)
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    htmlEntities: true,
  })
  const [root] = (parser.parse(xml) as RawNode[]).flatMap((node) => ('?xml' in node ? [] : elementOf(node)))
  if (!root) throw new Error('there is no root')
  return root
}

type RawNode = Record<string, unknown>

function elementOf(node: RawNode): JunitElement[] {
  const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text')
  if (name === undefined) return []
  const inner = node[name] as RawNode[]
  return [
    {
      name,
      attributes: (node[':@'] ?? {}) as Record<string, string>,
      text: inner.map(({ '#text': text }) => (typeof text === 'string' ? text : '')).join(''),
      children: inner.flatMap(elementOf),
    },
  ]
}
