/**
 * JSON of fields with paths, `a[b][]=1`, as HTTPie makes it: written as Python writes JSON. Leaves are JSON texts, so that
 * numbers stay as they were typed.
 *
 * @see https://httpie.io/docs/cli/nested-json
 */

export type Json = { readonly kind: 'leaf'; readonly text: string } | JsonObject | JsonList
interface JsonObject {
  readonly kind: 'object'
  readonly fields: Map<string, Json>
}
interface JsonList {
  readonly kind: 'list'
  readonly items: Json[]
}

/** A list of that many is the longest that an index makes. */
const MAX_INDEX = 1000
const MAX_STEPS = 50

type Step =
  { readonly kind: 'key'; readonly key: string } | { readonly kind: 'index'; readonly index: number } | { readonly kind: 'append' }

/** The text of all fields put together; null where they contradict one another. */
export function nestedJson(fields: readonly (readonly [path: string, text: string])[]): string | null {
  let root: Json | null = null
  for (const [path, text] of fields) {
    const steps = stepsOf(path)
    root = steps === null ? null : put(root, steps, { kind: 'leaf', text })
    if (root === null) return null
  }
  return written(root ?? { kind: 'object', fields: new Map() })
}

/** `a[b][0][]`; a path that begins with a bracket is of a list, and a text that is no path is a name. */
function stepsOf(path: string): Step[] | null {
  const unescaped = (text: string): string => text.replace(/\\([[\]\\])/g, '$1')
  const head = /^(?:\\.|[^[\\]|\\$)*/.exec(path)?.[0] ?? ''
  const rest = path.slice(head.length)
  const brackets = [...rest.matchAll(/\[((?:\\.|[^[\]\\])*)\]/g)]
  if (brackets.map(([whole]) => whole).join('') !== rest || brackets.length > MAX_STEPS) return [{ kind: 'key', key: unescaped(path) }]
  const inner = brackets.map(([, key = '']): Step => {
    if (key === '') return { kind: 'append' }
    return /^\d+$/.test(key) ? { kind: 'index', index: Number(key) } : { kind: 'key', key: unescaped(key) }
  })
  const steps: Step[] = head === '' && inner.length > 0 ? inner : [{ kind: 'key', key: unescaped(head) }, ...inner]
  return steps.every((step) => step.kind !== 'index' || step.index <= MAX_INDEX) ? steps : null
}

function put(into: Json | null, [step, ...rest]: readonly Step[], leaf: Json): Json | null {
  if (!step) return leaf
  if (step.kind === 'key') {
    const object: Json = into ?? { kind: 'object', fields: new Map() }
    if (object.kind !== 'object') return null
    const made = put(rest.length === 0 ? null : (object.fields.get(step.key) ?? null), rest, leaf)
    if (made === null) return null
    object.fields.set(step.key, made)
    return object
  }
  const list: Json = into ?? { kind: 'list', items: [] }
  if (list.kind !== 'list') return null
  const index = step.kind === 'append' ? list.items.length : step.index
  const made = put(rest.length === 0 ? null : (list.items[index] ?? null), rest, leaf)
  if (made === null) return null
  while (list.items.length < index) list.items.push({ kind: 'leaf', text: 'null' })
  list.items[index] = made
  return list
}

function written(value: Json): string {
  switch (value.kind) {
    case 'leaf':
      return value.text
    case 'list':
      return `[${value.items.map(written).join(', ')}]`
    case 'object':
      return `{${[...value.fields].map(([key, inner]) => `${pythonString(key)}: ${written(inner)}`).join(', ')}}`
  }
}

/** A string as Python's `json.dumps` writes it: ASCII alone. References stay as they are. */
export function pythonString(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
