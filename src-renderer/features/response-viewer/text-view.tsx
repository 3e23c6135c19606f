/**
 * The text of a body. Short texts are shown by the editor (highlighting, folding, find), read-only; texts that are read by
 * lines, and any text while it arrives or until the editor is here, by the list of lines. What takes the place of the other
 * goes on where that was left.
 */
import { useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { EditorLanguage } from '../../monaco/editor-props.ts'
import type { ReadOnlyHandle, TextAction } from '../../monaco/read-only-view.tsx'
import type { LeftPlace } from './left-place.ts'
import { LineList, type TextHandle } from './line-list.tsx'
import { isForEditor, linesOfText } from './line-source.ts'
import styles from './text-view.module.css'
import type { ArrivingLines } from './use-arriving-lines.ts'
import type { OpenedBody } from './use-body-view.ts'
import type { LineLayout } from './use-line-rows.ts'
import { Awaiting } from '../../lib/lazy-part.ts'
import { isReadOnlyViewHere, ReadOnlyView } from '../../monaco/parts.ts'

const LANGUAGES: ReadonlySet<string> = new Set<EditorLanguage>(['json', 'xml', 'html', 'css', 'javascript', 'graphql', 'markdown', 'yaml'])

/** Both ways of showing a text can find in it and go to a line. */
type TextRef = RefObject<TextHandle | null>

export interface TextViewProps {
  /** Null where it is still arriving. */
  readonly opened: OpenedBody | null
  /** Its lines until it is opened; null where they are not looked at. */
  readonly arriving?: ArrivingLines | null
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

export function TextView({ opened, arriving = null, modelKey, label, wrap, whole = false, onWhole, jsonActions, editor }: TextViewProps) {
  const view = opened?.view ?? null
  const byEditor = useMemo(() => view !== null && isForEditor(view, wrap), [view, wrap])
  const { isUp, onShown, inEditor, inList, left } = useSuccession(byEditor, editor)
  return (
    <div className={styles.view}>
      {!isUp && (
        <Lines
          opened={opened}
          arriving={arriving}
          label={label}
          layout={wrap ? 'fit' : whole ? 'whole' : 'lines'}
          onWhole={onWhole}
          leftRef={left}
          editor={inList}
        />
      )}
      {byEditor && view !== null && (
        <div className={styles.editor} data-behind={!isUp} inert={!isUp}>
          <Awaiting fallback={null}>
            <ReadOnlyView
              viewKey={modelKey}
              text={view.text ?? ''}
              language={languageOf(view.language)}
              label={label}
              wrap={wrap}
              actions={view.language === 'json' ? jsonActions : undefined}
              onShown={onShown}
              ref={inEditor}
            />
          </Awaiting>
        </div>
      )}
    </div>
  )
}

/** Which of the two is to be seen, and asked: the list until the editor has the text, which then goes on where the list was left. */
function useSuccession(byEditor: boolean, editor: TextRef | null) {
  const [isUp, setUp] = useState(isReadOnlyViewHere())
  // Set while rendering, as React allows for state of this component.
  if (isUp && !byEditor) setUp(false)
  const inEditor = useRef<ReadOnlyHandle>(null)
  const inList = useRef<TextHandle>(null)
  const left = useRef<LeftPlace>(null)
  useImperativeHandle(editor, () => {
    const shown = (): TextHandle | null => (isUp ? inEditor.current : inList.current)
    return { find: () => shown()?.find(), goToLine: () => shown()?.goToLine() }
  }, [isUp])
  useLayoutEffect(() => {
    const { current: place } = left
    left.current = null
    if (isUp && place !== null && inEditor.current !== null) goOn(inEditor.current, place)
  }, [isUp])
  const onShown = isUp ? undefined : () => flushSync(() => setUp(true))
  return { isUp, onShown, inEditor, inList, left }
}

function goOn(editor: ReadOnlyHandle, { line, isAtEnd, hasFocus, bar }: LeftPlace): void {
  if (isAtEnd || line !== null) editor.scrollTo(isAtEnd || line === null ? 'end' : line)
  if (bar === 'find') editor.find()
  else if (bar === 'line') editor.goToLine()
  else if (hasFocus) editor.focus()
}

interface LinesProps {
  readonly opened: OpenedBody | null
  readonly arriving: ArrivingLines | null
  readonly label: string
  readonly layout: LineLayout
  readonly onWhole: (() => void) | undefined
  readonly leftRef: RefObject<LeftPlace | null>
  readonly editor: TextRef
}

function Lines({ opened, arriving, label, layout, onWhole, leftRef, editor }: LinesProps) {
  const text = opened?.view.text ?? ''
  const paged = opened?.paged ?? null
  const lines = useMemo(() => paged ?? linesOfText(text), [paged, text])
  return (
    <LineList
      label={label}
      viewId={opened?.view.viewId ?? null}
      textKey={opened?.textKey ?? arriving?.textKey ?? ''}
      lines={opened === null && arriving !== null ? arriving.lines : lines}
      layout={layout}
      isGrowing={opened === null || opened.view.share !== undefined}
      onWhole={onWhole}
      leftRef={leftRef}
      ref={editor}
    />
  )
}

function languageOf(name: string): EditorLanguage {
  return isEditorLanguage(name) ? name : 'plaintext'
}

function isEditorLanguage(name: string): name is EditorLanguage {
  return LANGUAGES.has(name)
}
