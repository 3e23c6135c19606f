/** A text in Markdown, as pages of the manual and notes of requests are. What draws it is fetched with the first one. */
import { Suspense } from 'react'
import { lazyPart } from '../../lib/lazy-part.ts'

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

const View = lazyPart(async () => ({ default: (await import('./markdown-view.tsx')).MarkdownView }))

export function Markdown(props: MarkdownProps) {
  return (
    <Suspense fallback={<div aria-busy="true" />}>
      <View {...props} />
    </Suspense>
  )
}
