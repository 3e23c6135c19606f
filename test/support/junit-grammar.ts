/**
 * What the JUnit XML of CI services may hold: the rules of the schema that Jenkins' xUnit plugin checks files with
 * (junit-10.xsd), said as a table. A document that breaks one comes back with what it broke.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'

interface ElementRule {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  /** Elements that may stand in it; a text may where there are none. */
  readonly children: readonly string[]
}

const TEXT = { required: [], children: [] }
const RULES: Readonly<Record<string, ElementRule>> = {
  testsuites: { required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { ...TEXT, optional: ['type', 'message'] },
  error: { ...TEXT, optional: ['type', 'message'] },
  skipped: { ...TEXT, optional: ['type', 'message'] },
  'system-out': { ...TEXT, optional: [] },
  'system-err': { ...TEXT, optional: [] },
}
const TIME = /^(?:(?:[0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(?:\.[0-9]*)?$/

export interface JunitElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
  readonly children: readonly JunitElement[]
}

/** The document as a tree. @throws where it is no well-formed XML, or breaks a rule */
export function validJunit(xml: string): JunitElement {
  const wellFormed = XMLValidator.validate(xml)
  if (wellFormed !== true) throw new Error(`no XML: ${wellFormed.err.msg} in line ${wellFormed.err.line}`)
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    htmlEntities: true,
  })
  const parsed = parser.parse(xml) as RawNode[]
  const [root] = parsed.flatMap((node) => ('?xml' in node ? [] : elementOf(node)))
  if (root?.name !== 'testsuites') throw new Error('the root is no testsuites')
  check(root)
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

function check({ name, attributes, text, children }: JunitElement): void {
  const rule = RULES[name]
  if (!rule) throw new Error(`there is no element ${name}`)
  for (const one of rule.required) if (!(one in attributes)) throw new Error(`${name} lacks ${one}`)
  for (const one of Object.keys(attributes)) if (![...rule.required, ...rule.optional].includes(one)) throw new Error(`${name} has ${one}`)
  if (!TIME.test(attributes['time'] ?? '')) throw new Error(`${name} has time ${attributes['time']}`)
  for (const child of children) if (!rule.children.includes(child.name)) throw new Error(`${child.name} stands in ${name}`)
  if (rule.children.length > 0 && text.trim() !== '') throw new Error(`${name} has text: ${text}`)
  children.forEach(check)
}
