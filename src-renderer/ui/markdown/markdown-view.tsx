/** Markdown as elements, block by block. Fetched when the first text is shown: see `markdown.tsx`. */
import { useMemo, type ReactNode } from 'react'
import type { MarkedToken, Tokens } from 'marked'
import { CopyButton } from '../copy-button.tsx'
import { FoundWords } from '../found-words.tsx'
import { Inline, type TextContext } from './markdown-inline.tsx'
import { headingName, innerTokens, isComment, markdownTokens, plainText } from './markdown-tokens.ts'
import type { MarkdownProps } from './markdown-props.ts'
import styles from './markdown.module.css'
import { t } from '../../lib/t.ts'

const NO_WORDS: readonly string[] = []

export function MarkdownView({ text, linkTo, words = NO_WORDS, topLevel = 3, headingId }: MarkdownProps) {
  const tokens = useMemo(() => markdownTokens(text), [text])
  const context: BlockContext = { linkTo, words, topLevel, headingId, taken: new Set() }
  return <div className={styles.text}>{blocks(tokens, context)}</div>
}

interface BlockContext extends TextContext, Pick<MarkdownProps, 'headingId'> {
  readonly topLevel: number
  /** Names of the headings so far. */
  readonly taken: Set<string>
}

function blocks(tokens: readonly MarkedToken[], context: BlockContext): ReactNode {
  return tokens.map((token, index) => <Block key={index} token={token} context={context} heading={headingOf(token, context)} />)
}

/** Found in the order of the text, since a name depends on those before it. */
function headingOf(token: MarkedToken, { taken }: BlockContext): string | undefined {
  return token.type === 'heading' ? headingName(plainText(innerTokens(token.tokens)), taken) : undefined
}

interface BlockProps {
  readonly token: MarkedToken
  readonly context: BlockContext
  readonly heading: string | undefined
}

function Block({ token, context, heading = '' }: BlockProps) {
  switch (token.type) {
    case 'heading': {
      const Heading = `h${Math.min(6, token.depth - 1 + context.topLevel)}` as 'h3'
      return (
        <Heading id={context.headingId?.(heading)} tabIndex={context.headingId === undefined ? undefined : -1} data-depth={token.depth}>
          <Inline tokens={innerTokens(token.tokens)} context={context} />
        </Heading>
      )
    }
    case 'paragraph':
      return (
        <p>
          <Inline tokens={innerTokens(token.tokens)} context={context} />
        </p>
      )
    case 'code':
      return <Code text={token.text} words={context.words} />
    case 'list':
      return <List list={token} context={context} />
    case 'table':
      return <Table table={token} context={context} />
    case 'blockquote':
      return <blockquote>{blocks(innerTokens(token.tokens), context)}</blockquote>
    case 'hr':
      return <hr />
    case 'html':
      return isComment(token.text) ? null : <p>{token.text}</p>
    case 'space':
    case 'def':
      return null
    default:
      return <Inline tokens={[token]} context={context} />
  }
}

function Code({ text, words }: { readonly text: string; readonly words: readonly string[] }) {
  return (
    <div className={styles.code}>
      {/* It scrolls sideways, which the keyboard has to be able to do. */}
      <pre tabIndex={0} role="group" aria-label={t`Example`}>
        <code>
          <FoundWords text={text} words={words} />
        </code>
      </pre>
      <span className={styles.copy}>
        <CopyButton label={t`Copy the example`} text={() => text} />
      </span>
    </div>
  )
}

function List({ list, context }: { readonly list: Tokens.List; readonly context: BlockContext }) {
  const items = list.items.map((item, index) => (
    <li key={index} data-task={item.task || undefined}>
      {item.task && (
        <input type="checkbox" disabled checked={item.checked === true} aria-label={item.checked === true ? t`Done` : t`To do`} />
      )}
      {blocks(innerTokens(item.tokens), context)}
    </li>
  ))
  return list.ordered ? <ol start={list.start === '' ? 1 : list.start}>{items}</ol> : <ul>{items}</ul>
}

function Table({ table, context }: { readonly table: Tokens.Table; readonly context: BlockContext }) {
  const cell = ({ tokens }: Tokens.TableCell): ReactNode => <Inline tokens={innerTokens(tokens)} context={context} />
  const styleOf = ({ align }: Tokens.TableCell): { textAlign?: 'left' | 'center' | 'right' } => (align === null ? {} : { textAlign: align })
  return (
    <div className={styles.table}>
      <table>
        <thead>
          <tr>
            {table.header.map((head, index) => (
              <th key={index} scope="col" style={styleOf(head)}>
                {cell(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {row.map((one, at) => (
                <td key={at} style={styleOf(one)}>
                  {cell(one)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
