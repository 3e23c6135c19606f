/** A text in Markdown, as pages of the manual and notes of requests are. What draws it is fetched with the first one. */
import { Awaiting, lazyPart } from '../../lib/lazy-part.ts'
import type { MarkdownProps } from './markdown-props.ts'

const View = lazyPart(async () => ({ default: (await import('./markdown-view.tsx')).MarkdownView }))

export function Markdown(props: MarkdownProps) {
  return (
    <Awaiting fallback={<div aria-busy="true" />}>
      <View {...props} />
    </Awaiting>
  )
}
