/** A body as text, pretty or raw: its encoding and what can be done with its lines. */
import Languages from 'lucide-react/icons/languages'
import WrapText from 'lucide-react/icons/wrap-text'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { BodyFormat } from '../../actions/bodies.ts'
import type { EditorHandle } from '../../monaco/editor-props.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import styles from './body-panel.module.css'
import { StripActions, type BodyViewProps } from './body-view-props.tsx'
import { EncodingPanel } from './encoding-panel.tsx'
import { EncodingSelect, type FoundEncoding } from './encoding-select.tsx'
import { isDecided, wantedEncoding } from './encodings.ts'
import { LONGEST_LINE, wayToShow } from './line-source.ts'
import { LineList } from './line-list.tsx'
import { hasPieces, piecesOf } from './pieces.ts'
import { TextView, type FindRef } from './text-view.tsx'
import { useBodyView, useLasting, type OpenedBody } from './use-body-view.ts'
import { useViewState } from './view-state.ts'

export interface TextBodyProps extends BodyViewProps {
  readonly format: BodyFormat
}

export function TextBody({ choice, format, response, encoding, onEncoding, modelKey, actionsAt, wantsFind, onFind }: TextBodyProps) {
  const wanted = wantedEncoding(response, encoding)
  const { opened, error, opening } = useBodyView(choice.bodyId, choice.contentType, format, wanted)
  const wrap = useViewState((state) => state.wrap)
  const setWrap = useViewState((state) => state.setWrap)
  const showsEncoding = useViewState((state) => state.showsEncoding)
  const setShowsEncoding = useViewState((state) => state.setShowsEncoding)
  const editor = useRef<Pick<EditorHandle, 'find'>>(null)
  const isSlow = useLasting(opening, 200)
  // The last body stays for the moment that the next needs to open: no flash, and no other body under this status.
  const isCurrent = opened?.bodyId === choice.bodyId
  const shown = isCurrent || !isSlow ? opened : null
  const [piecesOfBody, setPiecesOf] = useState<BodyId | null>(null)
  const inPieces = shown !== null && mayBeCut(shown) && shown.bodyId === piecesOfBody
  const canWrap = useMemo(() => shown === null || wayToShow(shown.view).canWrap, [shown])
  useEffect(() => {
    if (!wantsFind || shown === null || !editor.current) return
    editor.current.find()
    onFind()
  }, [wantsFind, onFind, shown])
  const find = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || !editor.current) return
    event.preventDefault()
    editor.current.find()
  }
  const found = foundEncoding(shown, response)
  return (
    <div className={styles.body} data-finds="true" onKeyDown={find}>
      <StripActions at={actionsAt}>
        <EncodingSelect found={found} chosen={encoding} onChange={onEncoding} />
        <IconButton
          label="How the encoding was found"
          icon={<Languages />}
          pressed={showsEncoding}
          onClick={() => setShowsEncoding(!showsEncoding)}
        />
        <IconButton
          label={canWrap ? 'Wrap long lines' : 'Wrap long lines (not in a text of this size)'}
          icon={<WrapText />}
          pressed={wrap && canWrap}
          disabled={!canWrap}
          onClick={() => setWrap(!wrap)}
        />
      </StripActions>
      {showsEncoding && <EncodingPanel bodyId={choice.bodyId} contentType={choice.contentType} found={found} chosen={encoding} />}
      {shown && <ViewNotes opened={shown} inPieces={inPieces} onPieces={setPiecesOf} />}
      {error && (
        <div className={styles.note}>
          <ProblemNote kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />
        </div>
      )}
      {shown && (
        <div className={styles.text} data-stale={isSlow}>
          {inPieces ? (
            <Pieces key={shown.bodyId} opened={shown} bytes={response.bodyBytes} editor={editor} />
          ) : (
            <TextView opened={shown} modelKey={`${modelKey}/${shown.format}`} label="Response body" wrap={wrap} editor={editor} />
          )}
        </div>
      )}
      {shown === null && isSlow && <p className={styles.wait}>Reading the body…</p>}
    </div>
  )
}

interface ViewNotesProps {
  readonly opened: OpenedBody
  readonly inPieces: boolean
  /** Show this body in pieces, or with null by its lines. */
  readonly onPieces: (bodyId: BodyId | null) => void
}

/** What cannot be seen in the text itself, in one line. */
function ViewNotes({ opened, inPieces, onPieces }: ViewNotesProps) {
  const { view, bodyId } = opened
  const isCut = mayBeCut(opened)
  const longest = LONGEST_LINE.toLocaleString('en-US')
  const note =
    (inPieces ? 'All of the body, as it came, in rows of 1,000 bytes; ⏎ is a line break.' : null) ??
    (isCut ? [view.note, `Lines are shown up to ${longest} characters.`].filter(Boolean).join(' ') : view.note)
  if (note === null) return null
  return (
    <div className={styles.note}>
      <ProblemNote
        tone="warning"
        message={note}
        action={
          isCut &&
          hasPieces(view.encoding) && (
            <Button onClick={() => onPieces(inPieces ? null : bodyId)}>{inPieces ? 'Show lines' : 'Show all of it'}</Button>
          )
        }
      />
    </div>
  )
}

/** Whether some line may be longer than what core hands out of one. */
function mayBeCut({ view }: OpenedBody): boolean {
  return view.text === null && view.length > view.lines * LONGEST_LINE
}

interface PiecesProps {
  readonly opened: OpenedBody
  readonly bytes: number
  readonly editor: FindRef
}

function Pieces({ opened, bytes, editor }: PiecesProps) {
  const { bodyId, view } = opened
  const source = useMemo(() => piecesOf(bodyId, bytes, view.encoding), [bodyId, bytes, view.encoding])
  return <LineList label="Response body" lines={source} wrap={false} ref={editor} />
}

function foundEncoding(opened: OpenedBody | null, response: ReceivedResponse): FoundEncoding | null {
  if (opened && !isDecided(response)) return { encoding: opened.view.encoding, from: opened.view.encodingFrom }
  if (response.encoding === null || response.encodingFrom === null) return null
  return { encoding: response.encoding, from: response.encodingFrom }
}
