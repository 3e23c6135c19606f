/**
 * YAML with its lines and indentation in order and every scalar as it was written: numbers digit by digit, quotes and
 * escapes too. Nothing is made a number, a date or a truth value here, since which of those a text is differs by version.
 */
import type * as Yaml from 'yaml'
import { yamlFault } from '../lib/yaml-fault.ts'

type Stringify = NonNullable<Yaml.ScalarTag['stringify']>

/** Loads nothing: who has no YAML does without the library. */
export function yamlLayout({ parseAllDocuments, visit }: typeof Yaml): (text: string) => string {
  const read = (text: string): readonly Yaml.Document.Parsed[] => {
    const documents = parseAllDocuments(text, {
      schema: 'failsafe',
      resolveKnownTags: false,
      keepSourceTokens: true,
      customTags: (tags) => tags.map(keepingSource),
    })
    return Array.isArray(documents) ? documents : []
  }
  return (text) => {
    const documents = read(text)
    const [wrong] = documents.flatMap(({ errors }) => errors)
    if (wrong) throw new Error(faultOf(wrong))
    const laidOut = documents.map((document) => document.toString({ lineWidth: 0, indentSeq: true })).join('')
    const told = (of: typeof documents): string => JSON.stringify(of.map((document) => contents(document, visit)))
    if (told(read(laidOut)) !== told(documents)) throw new Error('it would read differently')
    return laidOut.replace(/\n$/, '')
  }
}

function faultOf(error: Yaml.YAMLError): string {
  const place = error.linePos?.[0]
  return place ? `${yamlFault(error)} (line ${place.line}, column ${place.col})` : yamlFault(error)
}

function keepingSource(tag: Yaml.Tags[number]): Yaml.Tags[number] {
  if (typeof tag === 'string' || 'collection' in tag) return tag
  const { stringify } = tag
  const keep: Stringify = (item, context, onComment, onChompKeep) =>
    sourceOf(item, context) ?? stringify?.(item, context, onComment, onChompKeep) ?? String(item.value)
  return { ...tag, stringify: keep }
}

/** A scalar as it stands, its further lines indented anew; null for those in blocks, whose lines mean something. */
function sourceOf(item: Yaml.Scalar, context: Parameters<Stringify>[1]): string | null {
  if (item.type === 'PLAIN' && item.source === '') return ''
  const token = item.srcToken
  if (token?.type !== 'scalar' && token?.type !== 'single-quoted-scalar' && token?.type !== 'double-quoted-scalar') return null
  const { source } = token
  if (!/[\r\n]/.test(source)) return source
  if (context.implicitKey) return null
  const indent = context.indent === '' ? '  ' : context.indent
  return source.replaceAll(/[ \t]*(\r\n|\r|\n)[ \t]*/g, '\n').replaceAll(/\n(?!\n)/g, `\n${indent}`)
}

/** All that a document says, in its order: what is plain is compared as it is written. */
function contents(document: Yaml.Document.Parsed, visit: typeof Yaml.visit): unknown[] {
  const all: unknown[] = []
  visit(document, {
    Alias: (_key, { source }) => void all.push(['*', source]),
    Map: (_key, { items, tag, anchor }) => void all.push(['map', items.length, tag, anchor]),
    Seq: (_key, { items, tag, anchor }) => void all.push(['list', items.length, tag, anchor]),
    Scalar: (_key, { type, value, tag, anchor }) => void all.push([type === 'PLAIN' ? 'plain' : 'text', value, tag, anchor]),
  })
  return all
}
