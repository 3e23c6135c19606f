/** What a text in Markdown is shown with. */
export interface MarkdownProps {
  readonly text: string
  /** What following a link does; null where it leads nowhere in the window. Addresses of the web open in the browser. */
  readonly linkTo?: ((href: string) => (() => void) | null) | undefined
  /** Words to mark. */
  readonly words?: readonly string[]
  /** Level in the window of the text's first level of headings. */
  readonly topLevel?: number
  /** Ids of headings by their names; without it they have none. */
  readonly headingId?: ((name: string) => string) | undefined
}
