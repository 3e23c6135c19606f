/**
 * Markdown as tokens, by marked, and what is read off them besides drawing: names of headings and the plain text. Tokens are
 * drawn as elements and never written as HTML, so no text can bring markup of its own.
 */
import { lexer, type MarkedToken, type Token } from 'marked'

/** @returns the blocks of a text; tokens are of marked's own kinds, since no extension is in use */
export function markdownTokens(text: string): readonly MarkedToken[] {
  return lexer(text, { gfm: true }).filter(isMarked)
}

/** Tokens inside of a token, of marked's own kinds. */
export function innerTokens(tokens: readonly Token[] | undefined): readonly MarkedToken[] {
  return (tokens ?? []).filter(isMarked)
}

/** The name of a heading in a link to it, as GitHub makes it. @param taken names that the text has already; this one is added */
export function headingName(text: string, taken: Set<string>): string {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
    .replace(/\s/gu, '-')
  let name = plain
  for (let more = 1; taken.has(name); more += 1) name = `${plain}-${more}`
  taken.add(name)
  return name
}

/** What can be read of some tokens, without their marks. */
export function plainText(tokens: readonly MarkedToken[]): string {
  return tokens.map(plainOf).join('')
}

/** Whether a piece of HTML says nothing to a reader. */
export function isComment(html: string): boolean {
  return /^\s*<!--/.test(html)
}

/** Text of a token as it was meant: marked hands it over as HTML has it. */
export function readable(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|nbsp));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' }

function plainOf(token: MarkedToken): string {
  switch (token.type) {
    case 'space':
    case 'hr':
    case 'def':
      return ' '
    case 'html':
      return isComment(token.text) ? ' ' : token.text
    case 'br':
      return '\n'
    case 'code':
      return `${token.text}\n`
    case 'codespan':
    case 'escape':
      return readable(token.text)
    case 'image':
      return token.text
    case 'list':
      return token.items.map((item) => `${plainText(innerTokens(item.tokens))}\n`).join('')
    case 'table':
      return [token.header, ...token.rows].map((row) => `${row.map((cell) => plainText(innerTokens(cell.tokens))).join(' · ')}\n`).join('')
    case 'text':
      return 'tokens' in token && token.tokens !== undefined ? plainText(innerTokens(token.tokens)) : readable(token.text)
    case 'paragraph':
    case 'heading':
    case 'blockquote':
    case 'list_item':
      return `${plainText(innerTokens(token.tokens))}\n`
    case 'link':
    case 'strong':
    case 'em':
    case 'del':
      return plainText(innerTokens(token.tokens))
  }
}

/** A generic token is one of an extension, of which there are none. */
function isMarked(token: Token): token is MarkedToken {
  return token.type in KINDS
}

const KINDS: Readonly<Record<MarkedToken['type'], true>> = {
  blockquote: true,
  br: true,
  code: true,
  codespan: true,
  def: true,
  del: true,
  em: true,
  escape: true,
  heading: true,
  hr: true,
  html: true,
  image: true,
  link: true,
  list: true,
  list_item: true,
  paragraph: true,
  space: true,
  strong: true,
  table: true,
  text: true,
}
