// The texts of the window: those marked to be said in other languages (`t` and `rich` of src-renderer/lib/t.ts), and those
// that should be and are not.
import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { at } from './project.mjs'

const TAGS = new Set(['t', 'rich'])
/** Attributes whose plain texts people read. */
const READ = new Set(['label', 'title', 'placeholder', 'text', 'hint', 'help', 'heading', 'aria-label', 'alt'])
/** What stands in these is code. */
const VERBATIM = new Set(['code', 'kbd', 'samp', 'pre'])
/** Names, addresses and units that are the same in every language. */
const SAME = /^(?:https?:\S+|[./]\S+|Posthaste|WebSocket|GraphQL|URL|[^a-z]*|(?:ms|kB|MB|MiB|px|s)\W*)$/

/**
 * Each marked text by its key, with the files that have it; and where a text stands that is not marked.
 * @returns {{ marked: Map<string, string[]>, unmarked: string[] }}
 */
export function textsOfWindow() {
  const marked = new Map()
  const unmarked = []
  for (const file of globSync('src-renderer/**/*.{ts,tsx}', { cwd: at() }).filter((name) => !name.includes('/gallery/'))) {
    const source = ts.createSourceFile(file, readFileSync(at(file), 'utf8'), ts.ScriptTarget.Latest, true)
    const visit = (node) => {
      if (ts.isTaggedTemplateExpression(node) && TAGS.has(node.tag.getText(source))) {
        const key = keyOf(node.template)
        marked.set(key, [...(marked.get(key) ?? []), file])
      }
      const text = unmarkedTextOf(node, source)
      if (text !== null) unmarked.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}: ${text}`)
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return { marked, unmarked }
}

function keyOf(template) {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
  return template.head.text + template.templateSpans.map((span, index) => `%{${index}}${span.literal.text}`).join('')
}

/** The words between tags, or the plain string of an attribute that is read; null: neither. */
function unmarkedTextOf(node, source) {
  let text = null
  if (ts.isJsxText(node)) {
    const { parent } = node
    if (!ts.isJsxElement(parent) || !VERBATIM.has(parent.openingElement.tagName.getText(source))) text = node.text
  } else if (ts.isJsxAttribute(node) && READ.has(node.name.getText(source)) && node.initializer && ts.isStringLiteral(node.initializer))
    text = node.initializer.text
  const words = text?.replace(/&[a-z]+;/g, ' ').trim() ?? ''
  return /[A-Za-z]{2}/.test(words) && !SAME.test(words) ? words : null
}
