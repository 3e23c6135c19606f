/** What stands in a line of Markdown: words, emphasis, code, links. */
import type { ReactNode } from 'react'
import type { MarkedToken, Tokens } from 'marked'
import { FoundWords } from '../found-words.tsx'
import { innerTokens, isComment, readable } from './markdown-tokens.ts'
import type { MarkdownProps } from './markdown-props.ts'
import styles from './markdown.module.css'

export interface TextContext extends Pick<MarkdownProps, 'linkTo'> {
  readonly words: readonly string[]
}

interface InlineProps {
  readonly tokens: readonly MarkedToken[]
  readonly context: TextContext
}

export function Inline({ tokens, context }: InlineProps) {
  return tokens.map((token, index) => <Piece key={index} token={token} context={context} />)
}

function Piece({ token, context }: { readonly token: MarkedToken; readonly context: TextContext }): ReactNode {
  const { words } = context
  switch (token.type) {
    case 'text':
      if ('tokens' in token && token.tokens !== undefined) return <Inline tokens={innerTokens(token.tokens)} context={context} />
      return <FoundWords text={readable(token.text)} words={words} />
    case 'escape':
      return <FoundWords text={readable(token.text)} words={words} />
    case 'codespan':
      return (
        <code>
          <FoundWords text={readable(token.text)} words={words} />
        </code>
      )
    case 'strong':
      return (
        <strong>
          <Inline tokens={innerTokens(token.tokens)} context={context} />
        </strong>
      )
    case 'em':
      return (
        <em>
          <Inline tokens={innerTokens(token.tokens)} context={context} />
        </em>
      )
    case 'del':
      return (
        <del>
          <Inline tokens={innerTokens(token.tokens)} context={context} />
        </del>
      )
    case 'br':
      return <br />
    case 'link':
      return <Link link={token} context={context} />
    case 'image':
      // Nothing is fetched for a text: a picture is its name.
      return <em>{readable(token.text)}</em>
    case 'html':
      return isComment(token.text) ? null : token.text
    default:
      return null
  }
}

/** Within the window a button, since no address leads there; to the outside a link, which the host hands to the browser. */
function Link({ link, context }: { readonly link: Tokens.Link; readonly context: TextContext }) {
  const words = <Inline tokens={innerTokens(link.tokens)} context={context} />
  const open = context.linkTo?.(link.href) ?? null
  if (open !== null)
    return (
      <button type="button" className={styles.link} onClick={open}>
        {words}
      </button>
    )
  if (!/^https?:\/\//i.test(link.href)) return words
  return (
    <a className={styles.link} href={link.href} target="_blank" rel="noopener noreferrer" title={link.href}>
      {words}
    </a>
  )
}
