/**
 * What expressions of a script come to, as far as that can be told: texts, objects, forms. What cannot becomes a reference
 * named after the expression, `{{user.id}}`.
 */
import type { AnyNode, CallExpression, Expression, NewExpression, ObjectExpression, TemplateLiteral } from 'acorn'
import type { Notes } from '../notes.ts'
import { dottedName, type Change, type Script } from './js-program.ts'

export type JsValue =
  | { readonly kind: 'text'; readonly text: string }
  /** A number, `true`, `false` or `null`, as JSON. */
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, JsValue])[] }
  | { readonly kind: 'list'; readonly items: readonly JsValue[] }
  | { readonly kind: 'params'; readonly pairs: readonly (readonly [string, string])[] }
  | { readonly kind: 'form'; readonly fields: readonly FormField[] }
  /** A file or blob, which the script gets from elsewhere. */
  | { readonly kind: 'file' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly name: string }

export interface FormField {
  readonly name: string
  readonly value: JsValue
  readonly filename: string
}

/** Steps that reading the values of one script may take, and characters that one text may have. */
const MAX_STEPS = 200_000
const MAX_TEXT = 20_000_000

export class Values {
  readonly used = new Set<string>()
  private readonly script: Script
  private readonly notes: Notes
  private readonly known = new Map<string, JsValue>()
  private steps = 0

  constructor(script: Script, notes: Notes) {
    this.script = script
    this.notes = notes
  }

  of(node: AnyNode | undefined): JsValue {
    this.steps += 1
    if (!node) return { kind: 'absent' }
    if (this.steps > MAX_STEPS) return this.unknown(node)
    switch (node.type) {
      case 'Literal':
        if (typeof node.value === 'string') return { kind: 'text', text: node.value }
        return node.value === null || typeof node.value === 'boolean' || typeof node.value === 'number'
          ? { kind: 'literal', text: JSON.stringify(node.value) }
          : this.unknown(node)
      case 'TemplateLiteral':
        return { kind: 'text', text: this.template(node) }
      case 'Identifier':
        return node.name === 'undefined' ? { kind: 'absent' } : this.variable(node.name, node)
      case 'ObjectExpression':
        return this.object(node)
      case 'ArrayExpression':
        return { kind: 'list', items: node.elements.map((item) => this.of(item ?? undefined)) }
      case 'BinaryExpression':
        return node.operator === '+' ? this.sum(node.left, node.right, node) : this.unknown(node)
      case 'UnaryExpression':
        return this.negated(node.operator, node.argument, node)
      case 'AwaitExpression':
        return this.of(node.argument)
      case 'ParenthesizedExpression':
      case 'ChainExpression':
        return this.of(node.expression)
      case 'LogicalExpression':
        return this.either(node.left, node.right)
      case 'MemberExpression':
        return this.member(node)
      case 'CallExpression':
        return this.call(node)
      case 'NewExpression':
        return this.made(node)
      default:
        return this.unknown(node)
    }
  }

  /** The text that a value stands for in a header, a URL or a form. */
  text(value: JsValue): string {
    switch (value.kind) {
      case 'text':
      case 'literal':
        return value.text
      case 'params':
        return new URLSearchParams(value.pairs.map(([name, one]): [string, string] => [name, one])).toString()
      case 'list':
        return value.items.map((item) => this.text(item)).join(',')
      case 'unknown':
        return `{{${value.name}}}`
      case 'object':
      case 'form':
      case 'file':
      case 'absent':
        return ''
    }
  }

  /** As `JSON.stringify` writes it; what is not known stands as a text. */
  json(value: JsValue, indent: string, depth = 0): string {
    this.steps += 1
    if (this.steps > MAX_STEPS) return 'null'
    const [open, gap] = indent === '' ? ['', ''] : [`\n${indent.repeat(depth + 1)}`, `\n${indent.repeat(depth)}`]
    switch (value.kind) {
      case 'literal':
        return value.text
      case 'object': {
        const fields = value.entries.filter(([, one]) => one.kind !== 'absent')
        const colon = indent === '' ? ':' : ': '
        const inner = fields.map(([key, one]) => `${open}${JSON.stringify(key)}${colon}${this.json(one, indent, depth + 1)}`)
        return inner.length === 0 ? '{}' : `{${inner.join(',')}${gap}}`
      }
      case 'list':
        return value.items.length === 0 ? '[]' : `[${value.items.map((one) => open + this.json(one, indent, depth + 1)).join(',')}${gap}]`
      case 'absent':
        return 'null'
      default:
        return JSON.stringify(this.text(value))
    }
  }

  /** The value of a key of an object; absent where it has none. */
  field(value: JsValue, key: string): JsValue {
    return (value.kind === 'object' ? value.entries.findLast(([name]) => name === key)?.[1] : undefined) ?? { kind: 'absent' }
  }

  entries(value: JsValue): (readonly [string, string])[] {
    switch (value.kind) {
      case 'object':
        return value.entries.filter(([, one]) => one.kind !== 'absent').map(([name, one]) => [name, this.text(one)])
      case 'params':
        return [...value.pairs]
      case 'list':
        return value.items.flatMap((item) =>
          item.kind === 'list' && item.items[0]
            ? [[this.text(item.items[0]), this.text(item.items[1] ?? { kind: 'absent' })] as const]
            : [],
        )
      default:
        return []
    }
  }

  private unknown(node: AnyNode): JsValue {
    const name = (dottedName(node) ?? 'expression').replace(/^import\.meta\.env\./, '').replace(/^this\./, '')
    if (!/^process\.env\./.test(name)) this.used.add(name)
    const line = node.loc?.start.line ?? null
    if (name === 'expression')
      this.notes.add('lost', 'What an expression of the script comes to is not known: give the variable {{expression}} a value.', line)
    return { kind: 'unknown', name }
  }

  private variable(name: string, node: AnyNode): JsValue {
    const known = this.known.get(name)
    if (known) return known
    const init = this.script.variables.get(name)
    if (!init) return this.unknown(node)
    // A variable that is made of itself is not known.
    this.known.set(name, { kind: 'unknown', name })
    const value = this.changed(this.of(init), this.script.changes.get(name) ?? [])
    const isNamed = value.kind === 'unknown' && !/^(?:process\.env\.|\$)/.test(value.name)
    const found: JsValue = isNamed ? { kind: 'unknown', name } : value
    if (isNamed) this.used.add(name)
    this.known.set(name, found)
    return found
  }

  /** A form or a set of params with what is put into it afterwards. */
  private changed(value: JsValue, changes: readonly Change[]): JsValue {
    if (changes.length === 0 || (value.kind !== 'form' && value.kind !== 'params')) return value
    if (value.kind === 'form') return { kind: 'form', fields: [...value.fields, ...changes.map(({ args }) => this.formField(args))] }
    const pairs = changes.map(({ args }) => [this.text(this.of(args[0])), this.text(this.of(args[1]))] as const)
    return { kind: 'params', pairs: [...value.pairs, ...pairs] }
  }

  private formField([name, value, filename]: CallExpression['arguments']): FormField {
    const given = this.of(value)
    const isFile = given.kind === 'unknown' && (filename !== undefined || /(?:^|\.)(?:file|blob|image|files\.\d+)\w*$/i.test(given.name))
    return { name: this.text(this.of(name)), value: isFile ? { kind: 'file' } : given, filename: this.text(this.of(filename)) }
  }

  private template({ quasis, expressions }: TemplateLiteral): string {
    const parts = quasis.map(
      ({ value }, index) => (value.cooked ?? value.raw) + (expressions[index] ? this.text(this.of(expressions[index])) : ''),
    )
    return this.bounded(parts.join(''))
  }

  private bounded(text: string): string {
    return text.length > MAX_TEXT ? '' : text
  }

  private sum(left: AnyNode, right: AnyNode, node: AnyNode): JsValue {
    const one = this.of(left)
    const other = this.of(right)
    if (one.kind === 'literal' && other.kind === 'literal') return this.unknown(node)
    return { kind: 'text', text: this.bounded(this.text(one) + this.text(other)) }
  }

  private negated(operator: string, argument: Expression, node: AnyNode): JsValue {
    const value = this.of(argument)
    return operator === '-' && value.kind === 'literal' ? { kind: 'literal', text: `-${value.text}` } : this.unknown(node)
  }

  /** `a ?? b`, `a || b`: the first where it is known, else the second, else the first. */
  private either(left: Expression, right: Expression): JsValue {
    const one = this.of(left)
    if (one.kind !== 'unknown') return one
    const other = this.of(right)
    return other.kind === 'text' || other.kind === 'literal' ? other : one
  }

  private object({ properties }: ObjectExpression): JsValue {
    const entries = properties.flatMap((property): (readonly [string, JsValue])[] => {
      if (property.type === 'SpreadElement') {
        const spread = this.of(property.argument)
        return spread.kind === 'object' ? [...spread.entries] : []
      }
      const { key } = property
      const name = property.computed ? this.text(this.of(key)) : key.type === 'Identifier' ? key.name : this.text(this.of(key))
      return [[name, this.of(property.value)]]
    })
    return { kind: 'object', entries }
  }

  private member(node: AnyNode): JsValue {
    if (node.type !== 'MemberExpression') return this.unknown(node)
    const { object, property } = node
    const key =
      !node.computed && property.type === 'Identifier' ? property.name : property.type === 'Literal' ? String(property.value) : null
    const isKnown = object.type === 'Identifier' && this.script.variables.has(object.name)
    const value = isKnown && key !== null ? this.of(object) : null
    if (value?.kind === 'text' && key === 'href') return value
    if (value?.kind !== 'object' || key === null) return this.unknown(node)
    const found = this.field(value, key)
    return found.kind === 'absent' ? this.unknown(node) : found
  }

  private call(node: CallExpression): JsValue {
    const { callee, arguments: args } = node
    const name = dottedName(callee) ?? ''
    const [first, , third] = args
    if (name === 'JSON.stringify') {
      const indent = this.of(third)
      return {
        kind: 'text',
        text: this.bounded(
          this.json(this.of(first), indent.kind === 'literal' ? ' '.repeat(Math.min(Number(indent.text) || 0, 10)) : this.text(indent)),
        ),
      }
    }
    // A signal that is a time alone: what asks for one knows what it is.
    if (name === 'AbortSignal.timeout') return this.of(first)
    if (name === 'Date.now') return { kind: 'unknown', name: '$timestampMs' }
    if (/(?:^|\.)randomUUID$|^uuid(?:v4)?$/.test(name)) return { kind: 'unknown', name: '$uuid' }
    if (/^(?:encodeURIComponent|encodeURI|String|btoa|Object\.fromEntries)$/.test(name)) return this.converted(name, this.of(first), node)
    if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return this.unknown(node)
    const method = callee.property.name
    if (method === 'toISOString') return { kind: 'unknown', name: '$isoTimestamp' }
    if (method === 'toString' || method === 'trim')
      return callee.object.type === 'Super' ? this.unknown(node) : this.toText(callee.object, args)
    return this.unknown(node)
  }

  /** `x.toString()`; of `Buffer.from(text)` with an encoding, the encoded text. */
  private toText(object: Expression, args: CallExpression['arguments']): JsValue {
    const isBuffer = object.type === 'CallExpression' && dottedName(object.callee) === 'Buffer.from'
    if (isBuffer && this.text(this.of(args[0])) === 'base64') return this.converted('btoa', this.of(object.arguments[0]), object)
    const value = this.of(object)
    return value.kind === 'params' ? { kind: 'text', text: this.text(value) } : value
  }

  private converted(name: string, value: JsValue, node: AnyNode): JsValue {
    if (name === 'Object.fromEntries') return value
    const text = this.text(value)
    if (name === 'String') return value.kind === 'unknown' ? value : { kind: 'text', text }
    if (text.includes('{{')) return name === 'btoa' ? this.unknown(node) : value
    if (name === 'btoa') return { kind: 'text', text: Buffer.from(text, 'utf8').toString('base64') }
    return { kind: 'text', text: name === 'encodeURI' ? encodeURI(text.toWellFormed()) : encodeURIComponent(text.toWellFormed()) }
  }

  private made(node: NewExpression): JsValue {
    const [first, second] = node.arguments
    switch (dottedName(node.callee)) {
      case 'URLSearchParams': {
        const value = this.of(first)
        if (value.kind !== 'text') return { kind: 'params', pairs: this.entries(value) }
        return { kind: 'params', pairs: [...new URLSearchParams(value.text)] }
      }
      case 'Headers':
      case 'Map':
        return { kind: 'params', pairs: this.entries(this.of(first)) }
      case 'FormData':
        return { kind: 'form', fields: [] }
      case 'Blob':
      case 'File':
        return { kind: 'file' }
      case 'URL':
        return this.url(this.text(this.of(first)), second ? this.text(this.of(second)) : '')
      default:
        return this.unknown(node)
    }
  }

  private url(text: string, base: string): JsValue {
    if (base === '' || text.includes('{{') || base.includes('{{'))
      return { kind: 'text', text: base.includes('{{') ? base.replace(/\/$/, '') + text : text }
    return { kind: 'text', text: URL.parse(text, base)?.href ?? text }
  }
}
