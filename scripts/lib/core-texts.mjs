// The sentences of core that the window shows: messages, hints and notes, as their templates stand in its source.
import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { at } from './project.mjs'

/** Two words in a row, or a word and a value. */
const WORDS = /[A-Za-z][A-Za-z’']*[,;:.]? [a-z({‘“\0]|\0[,;:.]? [a-z]/
/** No text for people: queries, markup, code. */
const NO_TEXT =
  /^Mozilla|\?\)|^(?:[a-z]{2,} ){5,}[a-z]+$|\b(?:SELECT|INSERT INTO|DELETE FROM|CREATE|PRAGMA|UPDATE|ALTER|WHERE|ORDER BY)\b|=>|^\s*(?:[<[]|\{(?!\{%))|\n\s*\S+\s*[=:]|^[\w-]+:[\w-]+;/
/** What writes in other languages: there only what is said about it is for people. */
const WRITERS = /core\/(?:codegen|export)\//
/** Data of ours, what is there in every language, and what is written to the terminal or the log. */
const NOT_SAID = /core\/(?:echo|mock)\/|samples?\.ts$|sample-|tour-words/
const NO_CALL =
  /(?:^|\.)(?:log|debug|Error|TypeError|RangeError|includes|startsWith|endsWith|split|join|indexOf|has|get|prepare|exec|test|replace|replaceAll|RegExp|matches|assert|describe)$/
const SAYS = /(?:note|lose|lost|changed|left|refus|fault|fail|error|problem|warn|Core|unreadable|unusable)/i
const SAID_AS = /note|lost|fault|error|problem|warn|message|hint|text|why|reason|said/i

/**
 * The templates, `%{0}` for the first value of each: those that people read, and whatever else stands there as a text, since
 * some of that comes into a sentence as a value.
 * @returns {{ sentences: Set<string>, all: Set<string> }}
 */
export function textsOfCore() {
  const sentences = new Set()
  const all = new Set()
  for (const file of globSync('src-main/{core,contract}/**/*.ts', { cwd: at() }).filter((name) => !NOT_SAID.test(name))) {
    const source = ts.createSourceFile(file, readFileSync(at(file), 'utf8'), ts.ScriptTarget.Latest, true)
    const visit = (node) => {
      const text = textOf(node)
      if (text !== null) all.add(text)
      if (text !== null && isSentence(text) && isSaid(node, source, WRITERS.test(file))) sentences.add(text)
      ts.forEachChild(node, visit)
    }
    visit(source)
  }
  return { sentences, all }
}

function textOf(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  return node.head.text + node.templateSpans.map((span, index) => `%{${index}}${span.literal.text}`).join('')
}

function isSentence(text) {
  return WORDS.test(text.replace(/%\{\d+\}/g, '\0')) && !NO_TEXT.test(text)
}

function isSaid(node, source, inWriter) {
  const { parent } = node
  if (
    ts.isImportDeclaration(parent) ||
    ts.isExportDeclaration(parent) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isTaggedTemplateExpression(parent)
  )
    return false
  const caller = callerOf(node)?.expression.getText(source) ?? ''
  if (NO_CALL.test(caller)) return false
  return !inWriter || SAYS.test(caller) || SAID_AS.test(nameGivenTo(node, source))
}

/** What a text is called: by the property or the constant that holds it, also by a choice between two. */
function nameGivenTo(node, source) {
  let { parent } = node
  while (ts.isConditionalExpression(parent) || ts.isParenthesizedExpression(parent)) ({ parent } = parent)
  return ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent) ? parent.name.getText(source) : ''
}

/** The call that a text is an argument of, also by a choice between two. */
function callerOf(node) {
  let { parent } = node
  while (ts.isConditionalExpression(parent) || ts.isBinaryExpression(parent) || ts.isParenthesizedExpression(parent)) ({ parent } = parent)
  return ts.isCallExpression(parent) || ts.isNewExpression(parent) ? parent : null
}
