/**
 * Nunjucks in texts of Insomnia: `{{ _.name }}` becomes a reference of ours, and tags `{% uuid %}` become dynamic values,
 * variables that are asked for, or stay as they are with a note. Nothing is evaluated but what is a constant.
 *
 * @see https://developer.konghq.com/insomnia/template-tags/
 */
import type { Capture } from '#contract/model/capture.ts'
import type { Variable } from '#contract/model/variable.ts'
import { addCapture, answerExpression, capturedWords, captureName } from '../collection-parts/captures.ts'
import { inShort } from '../collection-parts/loose.ts'
import type { NotesHere } from '../collection-parts/notes-here.ts'
import { DYNAMIC_NAMES, withReferences } from '../collection-parts/references.ts'

export interface TemplateContext {
  readonly notes: NotesHere
  /** Requests by their ids, which the tag `response` refers to. */
  readonly requests: ReadonlyMap<string, AnsweringRequest>
  /** Variables that tags ask for, by name; the request has them then. */
  readonly asked: Map<string, Variable>
}

/** A request, and what others want of its answer. */
export interface AnsweringRequest {
  readonly name: string
  readonly captures: Capture[]
}

/** The text as ours has it. */
export function convertTemplate(text: string, context: TemplateContext): string {
  if (!text.includes('{')) return text
  const tagged = text.includes('{%') ? withReferences(text, '{%', '%}', (inner) => convertTag(inner, context)) : text
  return withReferences(tagged, '{{', '}}', (inner) => convertReference(inner, context))
}

function convertReference(inner: string, { notes }: TemplateContext): string | null {
  const name = inner.trim()
  if (name.startsWith('$')) return null
  const path = pathOf(name)
  if (path !== null) return `{{${path}}}`
  // What follows a name may hold a secret, and is in no message.
  if (name !== '') notes.lost(`What {{${/^[\w.]*/.exec(name)?.[0] ?? ''} …}} works out is not worked out here: it stays as it is.`)
  return null
}

/** The name of a reference, such as `_.a.b` or `_['a-b']`; null where it is more than that. */
function pathOf(text: string): string | null {
  const plain = /^_(?=[.[])/.test(text) ? text.slice(1) : `.${text}`
  const names: string[] = []
  const step = /\.([\w$-]+)|\[(?:'([^'\]]*)'|"([^"\]]*)"|(\d+))\]/y
  for (let at = 0; at < plain.length; at = step.lastIndex) {
    step.lastIndex = at
    const found = step.exec(plain)
    if (!found) return null
    names.push(found[1] ?? found[2] ?? found[3] ?? found[4] ?? '')
  }
  return names.length === 0 || names.some((name) => name === '' || /[{}]/.test(name)) ? null : names.join('.')
}

function convertTag(inner: string, context: TemplateContext): string | null {
  const [name, ...args] = wordsOf(inner)
  const result = tagValue(name ?? '', args, context)
  if (result === null && name !== undefined) context.notes.lost(`The tag {% ${inShort(name)} … %} does nothing here: it stays as it is.`)
  return result
}

function tagValue(name: string, args: readonly string[], context: TemplateContext): string | null {
  switch (name) {
    case 'uuid':
      return '{{$uuid}}'
    case 'now':
    case 'timestamp':
      return timestamp(args[0] ?? 'iso-8601')
    case 'faker':
      return DYNAMIC_NAMES.has(`$${args[0] ?? ''}`) ? `{{$${args[0] ?? ''}}}` : null
    case 'base64':
      return base64(args)
    case 'prompt':
      return prompt(args, context)
    case 'response':
      return response(args, context)
    default:
      return null
  }
}

function timestamp(format: string): string | null {
  if (format === 'iso-8601') return '{{$isoTimestamp}}'
  if (format === 'unix') return '{{$timestamp}}'
  return format === 'millis' ? '{{$timestampMs}}' : null
}

/** What is encoded is known where it holds no reference. */
function base64([action, kind, text = '']: readonly string[]): string | null {
  const encoding = kind === 'url' ? 'base64url' : 'base64'
  if (/\{[{%]/.test(text)) return null
  if (action === 'encode') return Buffer.from(text, 'utf8').toString(encoding)
  return action === 'decode' ? Buffer.from(text, encoding).toString('utf8') : null
}

/** `prompt title, label, default, storage key, masked, saved`: asked for at each send. */
function prompt([title = '', label = '']: readonly string[], { asked, notes }: TemplateContext): string {
  const name = nameFrom(title || label || 'value')
  if (!asked.has(name)) {
    asked.set(name, { name, value: '', enabled: true, ask: true, ...(label !== '' && { description: label }) })
    notes.changed(
      `What was prompted for (${inShort(title || label || 'a value')}) is the variable ${name}, which is asked for at each send.`,
    )
  }
  return `{{${name}}}`
}

/** `response part, request, filter, …`: a variable that is captured from the answer of that request. */
function response([part = '', id = '', filter = '']: readonly string[], { requests, notes }: TemplateContext): string {
  const request = requests.get(id)
  const path = decodedFilter(filter)
  const wanted = captureName(request?.name ?? 'another request', part, path)
  const expression = answerExpression(part, path)
  if (request && expression !== null) {
    const name = addCapture(request.captures, wanted, expression)
    notes.changed(capturedWords(name, request.name, expression))
    return `{{${name}}}`
  }
  const what = `the ${part || 'body'}${path === '' ? '' : ` (${inShort(path)})`}`
  notes.lost(`{{${wanted}}} stands for ${what} of the last answer of ${request?.name ?? 'another request'}: capture it there.`)
  return `{{${wanted}}}`
}

/** A filter may be written as `b64::…::46b`. */
function decodedFilter(filter: string): string {
  const found = /^b64::([A-Za-z0-9+/=]*)::46b$/.exec(filter)
  return found ? Buffer.from(found[1] ?? '', 'base64').toString('utf8') : filter
}

function nameFrom(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.join('_').slice(0, 80) || 'value'
}

/** The words of a tag: its name, and its arguments without their quotes. */
function wordsOf(inner: string): string[] {
  const words: string[] = []
  for (const found of inner.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s,'"]+)/g)) {
    words.push((found[1] ?? found[2])?.replaceAll(/\\(.)/g, '$1') ?? found[3] ?? '')
  }
  return words
}
