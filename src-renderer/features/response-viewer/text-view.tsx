/**
 * The text of a body. Short texts are shown by the editor (highlighting, folding, find), read-only; texts that are read by
 * lines, and any text until the editor's code is here, by the list of lines.
 */
import { lazy, Suspense, useMemo, type Ref } from 'react'
import type { EditorHandle, EditorLanguage } from '../../monaco/editor-props.ts'
import type { BodyView } from '../../actions/bodies.ts'
import { LineList } from './line-list.tsx'
import { linesOf, wayToShow } from './line-source.ts'
import type { OpenedBody } from './use-body-view.ts'

const ReadOnlyView = lazy(async () => ({ default: (await import('../../monaco/read-only-view.tsx')).ReadOnlyView }))

const LANGUAGES: ReadonlySet<string> = new Set<EditorLanguage>(['json', 'xml', 'html', 'css', 'javascript', 'graphql', 'markdown', 'yaml'])

/** Both ways of showing a text can find in it. */
export type FindRef = Ref<Pick<EditorHandle, 'find'>>

export interface TextViewProps {
  readonly opened: OpenedBody
  /** Names the editor's model: `draft/part`. */
  readonly modelKey: string
  readonly label: string
  readonly wrap: boolean
  readonly editor: FindRef
}

export function TextView({ opened, modelKey, label, wrap, editor }: TextViewProps) {
  const { view } = opened
  const way = useMemo(() => wayToShow(view), [view])
  const lines = <Lines key={view.viewId} view={view} label={label} wrap={wrap && way.canWrap} editor={editor} />
  if (view.text === null || !way.byEditor) return lines
  return (
    <Suspense fallback={lines}>
      <ReadOnlyView viewKey={modelKey} text={view.text} language={languageOf(view.language)} label={label} wrap={wrap} ref={editor} />
    </Suspense>
  )
}

function Lines({
  view,
  label,
  wrap,
  editor,
}: {
  readonly view: BodyView
  readonly label: string
  readonly wrap: boolean
  readonly editor: FindRef
}) {
  const lines = useMemo(() => linesOf(view), [view])
  return <LineList label={label} lines={lines} wrap={wrap} ref={editor} />
}

function languageOf(name: string): EditorLanguage {
  return isEditorLanguage(name) ? name : 'plaintext'
}

function isEditorLanguage(name: string): name is EditorLanguage {
  return LANGUAGES.has(name)
}
