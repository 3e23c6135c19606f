/**
 * The text of a body. Short texts are shown by the editor (highlighting, folding, find), read-only; texts that are read by
 * lines, and any text until the editor's code is here, by the list of lines.
 */
import { Suspense, useEffect, useEffectEvent, useImperativeHandle, useMemo, useRef, type RefObject } from 'react'
import type { EditorLanguage } from '../../monaco/editor-props.ts'
import type { TextAction } from '../../monaco/read-only-view.tsx'
import { LineList, type TextHandle } from './line-list.tsx'
import { isForEditor, linesOfText } from './line-source.ts'
import type { OpenedBody } from './use-body-view.ts'
import type { LineLayout } from './use-line-rows.ts'
import { lazyPart } from '../../lib/lazy-part.ts'

const ReadOnlyView = lazyPart(async () => ({ default: (await import('../../monaco/read-only-view.tsx')).ReadOnlyView }))

const LANGUAGES: ReadonlySet<string> = new Set<EditorLanguage>(['json', 'xml', 'html', 'css', 'javascript', 'graphql', 'markdown', 'yaml'])

/** Both ways of showing a text can find in it and go to a line. */
type TextRef = RefObject<TextHandle | null>

export interface TextViewProps {
  readonly opened: OpenedBody
  /** Names the editor's model: `draft/part`. */
  readonly modelKey: string
  readonly label: string
  readonly wrap: boolean
  /** Lines that are longer than what is handed out of one are shown in wide rows, whole. */
  readonly whole?: boolean
  /** What is found stands in such a line, so they must be shown whole. */
  readonly onWhole?: () => void
  /** What can be done with values of JSON, in the menu of the text. Must keep its identity. */
  readonly jsonActions?: readonly TextAction[]
  readonly editor: TextRef | null
}

export function TextView({ opened, modelKey, label, wrap, whole = false, onWhole, jsonActions, editor }: TextViewProps) {
  const { view } = opened
  const byEditor = useMemo(() => isForEditor(view, wrap), [view, wrap])
  const layout = wrap ? 'fit' : whole ? 'whole' : 'lines'
  const asked = useRef<keyof TextHandle>(null)
  const lines = { opened, label, layout, onWhole } as const
  if (view.text === null || !byEditor) return <Lines {...lines} editor={editor} />
  return (
    <Suspense fallback={<StandIn {...lines} editor={editor} askedRef={asked} />}>
      <ReadOnlyView
        viewKey={modelKey}
        text={view.text}
        language={languageOf(view.language)}
        label={label}
        wrap={wrap}
        actions={view.language === 'json' ? jsonActions : undefined}
        ref={editor}
      />
      <AskAgain editor={editor} askedRef={asked} />
    </Suspense>
  )
}

/** What was last asked of the lines, while they stood in for the editor. */
type Asked = RefObject<keyof TextHandle | null>

/** The lines until the editor is here, which then is asked for the same. */
function StandIn({ askedRef, editor, ...lines }: LinesProps & { readonly askedRef: Asked }) {
  const list = useRef<TextHandle>(null)
  useImperativeHandle(editor, () => {
    const ask = (what: keyof TextHandle): void => {
      askedRef.current = what
      list.current?.[what]()
    }
    return { find: () => ask('find'), goToLine: () => ask('goToLine') }
  }, [askedRef])
  return <Lines {...lines} editor={list} />
}

/** Stands behind the editor, so that it is there first. */
function AskAgain({ askedRef, editor }: { readonly askedRef: Asked; readonly editor: TextRef | null }) {
  const ask = useEffectEvent(() => {
    if (askedRef.current !== null) editor?.current?.[askedRef.current]()
    askedRef.current = null
  })
  useEffect(() => ask(), [])
  return null
}

interface LinesProps {
  readonly opened: OpenedBody
  readonly label: string
  readonly layout: LineLayout
  readonly onWhole: (() => void) | undefined
  readonly editor: TextRef | null
}

function Lines({ opened, label, layout, onWhole, editor }: LinesProps) {
  const { paged, view } = opened
  const { text, viewId, share } = view
  const lines = useMemo(() => paged ?? linesOfText(text ?? ''), [paged, text])
  return (
    <LineList
      label={label}
      viewId={viewId}
      lines={lines}
      layout={layout}
      isGrowing={share !== undefined}
      onWhole={onWhole}
      ref={editor ?? undefined}
    />
  )
}

function languageOf(name: string): EditorLanguage {
  return isEditorLanguage(name) ? name : 'plaintext'
}

function isEditorLanguage(name: string): name is EditorLanguage {
  return LANGUAGES.has(name)
}
