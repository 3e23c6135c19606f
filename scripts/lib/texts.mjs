// The texts of the window: those marked to be said in other languages (`t` and `rich` of src-renderer/lib/t.ts), and those
// that should be and are not.
import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { at } from './project.mjs'

const TAGS = new Set(['t', 'rich'])
/** Attributes of elements, and properties of what is drawn or noticed, whose texts people read. */
const READ = new Set([
  'label',
  'title',
  'placeholder',
  'text',
  'hint',
  'help',
  'heading',
  'alt',
  'message',
  'description',
  'summary',
  'tooltip',
  'note',
])
const READ_ARIA = new Set(['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'aria-placeholder'])
/** Constants and functions that are called so hold words, and nothing else. */
const HOLDS_WORDS = /(?:^|_)(?:WORDS|HINTS|LABELS|TITLES|TEXTS)$|(?:Words|Sentence)$|^describe|^outcomeOf$/
/** What stands in these is code. */
const VERBATIM = new Set(['code', 'kbd', 'samp', 'pre'])
/** Names and codes that are the same in every language. */
const NAMES = /^(?:Posthaste|WebSocket|GraphQL|JSONPath|XPath|URL|curl|plaintext|txt|message)$/
/** Addresses, paths, types and numbers with their unit; names with dots or dashes in them; JSON, and arguments of Python. */
const CODE = [
  /^[^a-z]*$/,
  /^[\d% ]*(?:ms|kB|MB|MiB|px|s)\W*$/,
  /^(?:https?:\S+|[./]\S+|[\w-]+\/[\w+.%-]+|\S+\.(?:com|csv|json|txt|pem))$/,
  /^[a-z]+(?:[-_.][a-z\d%-]+)+$/,
  /^(?:[{["]|[a-z_]+=)/,
]
/** Two words beside each other, or one that asks or trails off: nothing but prose looks so. */
const PROSE = /(?:^|[^\w.#[/-])\p{L}{2,} [\p{Ll}%(]{2,}|\p{Ll}{3,}[?…]$/u
const COMPARES = /^[!=]==?$/
/** Calls whose texts are no prose: selectors, and lists of names for CSS. */
const NOT_SAID = /(?:^|\.)(?:querySelector(?:All)?|closest|matches|matchMedia|setProperty|fetch|labelled|seeded|createRandom)$/

/**
 * Each marked text by its key, with the files that have it; and where a text stands that is not marked.
 * @returns {{ marked: Map<string, string[]>, unmarked: string[] }}
 */
export function textsOfWindow() {
  const marked = new Map()
  const unmarked = []
  for (const file of globSync('src-renderer/**/*.{ts,tsx}', { cwd: at() }).filter((name) => !name.includes('/gallery/'))) {
    const texts = textsIn(file, readFileSync(at(file), 'utf8'))
    for (const key of texts.marked) marked.set(key, [...(marked.get(key) ?? []), file])
    unmarked.push(...texts.unmarked.map(({ line, text }) => `${file}:${line}: ${text}`))
  }
  return { marked, unmarked }
}

/**
 * The texts of one file.
 * @returns {{ marked: string[], unmarked: { line: number, text: string }[] }}
 */
export function textsIn(file, code) {
  const marked = []
  const unmarked = []
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
  const visit = (node) => {
    if (isMarked(node, source)) marked.push(keyOf(node.template))
    const text = unmarkedTextOf(node, source)
    if (text !== null) unmarked.push({ line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, text })
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { marked, unmarked }
}

function keyOf(template) {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
  return template.head.text + template.templateSpans.map((span, index) => `%{${index}}${span.literal.text}`).join('')
}

/** The words between tags, or a plain text that stands where it will be read; null: neither. */
function unmarkedTextOf(node, source) {
  const words =
    (ts.isJsxText(node) && !isVerbatim(node.parent, source) ? node.text : plainTextOf(node, source))?.replace(/&[a-z]+;/g, ' ').trim() ?? ''
  return /[A-Za-z]{2}/.test(words) && !isSame(words) ? words : null
}

/** Whether it is the same in every language. */
function isSame(words) {
  return NAMES.test(words) || CODE.some((form) => form.test(words))
}

/** A string, or a template with `%` for its values, that people get to read. */
function plainTextOf(node, source) {
  const isTemplate = ts.isTemplateExpression(node)
  if (!isTemplate && !ts.isStringLiteralLike(node)) return null
  const { parent } = node
  if (ts.isTaggedTemplateExpression(parent) || ts.isImportDeclaration(parent) || isTypeOrName(node)) return null
  const text = isTemplate ? node.head.text + node.templateSpans.map((span) => `%${span.literal.text}`).join('') : node.text
  return isReadAt(node, source) || (PROSE.test(text) && !isForCode(node, source)) ? text : null
}

/** Whether what a node stands in is read by people, through whatever chooses between texts: `title={isOn ? 'Off' : 'On'}`. */
function isReadAt(node, source) {
  const { parent } = node
  if (ts.isParenthesizedExpression(parent)) return isReadAt(parent, source)
  if (ts.isConditionalExpression(parent)) return parent.condition !== node && (isReadAt(parent, source) || hasMarked(parent, source))
  if (ts.isBinaryExpression(parent)) {
    return (
      isChoice(parent) &&
      parent.right === node &&
      (isReadAt(parent, source) || isMarked(parent.left, source) || isAmongMarked(parent, source))
    )
  }
  if (ts.isJsxExpression(parent))
    return ts.isJsxAttribute(parent.parent) ? isReadName(parent.parent, source) : !isVerbatim(parent.parent, source)
  if (ts.isJsxAttribute(parent)) return isReadName(parent, source)
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node && (isReadName(parent, source) || holdsWords(parent, source))
  return ts.isReturnStatement(parent) && holdsWords(parent, source)
}

function isReadName(node, source) {
  const name = node.name.getText(source)
  return READ.has(name) || READ_ARIA.has(name)
}

/** Whether one of two texts is marked, so that the other is one, too. */
function hasMarked({ whenTrue, whenFalse }, source) {
  return [whenTrue, whenFalse].some((one) => isMarked(one, source))
}

function isMarked(node, source) {
  return ts.isTaggedTemplateExpression(node) && TAGS.has(node.tag.getText(source))
}

/** Whether another item of the list that a choice is in is marked: `[isOn && t`on`, isOld && 'old']`. */
function isAmongMarked({ parent }, source) {
  return ts.isArrayLiteralExpression(parent) && parent.elements.some((one) => isMarked(lastOf(one), source))
}

/** What a choice comes to: the text of `isOn && 'On'`. */
function lastOf(node) {
  return ts.isBinaryExpression(node) && isChoice(node) ? lastOf(node.right) : node
}

function isChoice({ operatorToken }) {
  return [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.AmpersandAmpersandToken].includes(
    operatorToken.kind,
  )
}

/** Whether the nearest function or constant around a node says that it holds words. */
function holdsWords(node, source) {
  for (let around = node.parent; around; around = around.parent) {
    if (ts.isVariableDeclaration(around) || ts.isFunctionDeclaration(around)) return HOLDS_WORDS.test(around.name?.getText(source) ?? '')
  }
  return false
}

function isVerbatim(element, source) {
  return ts.isJsxElement(element) && VERBATIM.has(element.openingElement.tagName.getText(source))
}

/** A type, the key of a property, a case to be told apart: nobody reads these. */
function isTypeOrName({ parent, kind: _kind, ...node }) {
  return ts.isLiteralTypeNode(parent) || (ts.isPropertyAssignment(parent) && parent.name.pos === node.pos) || ts.isCaseClause(parent)
}

/** What is thrown as a bug, selects or styles elements, or is an attribute that nobody reads. */
function isForCode(node, source) {
  const { parent } = node
  if (ts.isNewExpression(parent)) return true
  if (ts.isCallExpression(parent)) return NOT_SAID.test(parent.expression.getText(source))
  if (ts.isJsxAttribute(parent)) return true
  // Compared with, or put into a style.
  if (ts.isBinaryExpression(parent))
    return COMPARES.test(parent.operatorToken.getText(source)) || parent.left.getText(source).endsWith('.cssText')
  return ts.isPropertyAssignment(parent) && !isReadName(parent, source) && !holdsWords(parent, source)
}
