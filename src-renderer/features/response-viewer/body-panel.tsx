/** The body of an answer: its views, its encoding, and in words why there is none. */
import FileX from 'lucide-react/icons/file-x'
import Languages from 'lucide-react/icons/languages'
import WrapText from 'lucide-react/icons/wrap-text'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { EditorHandle } from '../../monaco/editor-props.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TabPanel, TabStrip, type TabItem } from '../../ui/tab-strip.tsx'
import { whyNoBody, type BodyViewName, type PickedView } from './body-choice.ts'
import styles from './body-panel.module.css'
import { EncodingPanel } from './encoding-panel.tsx'
import { EncodingSelect, type FoundEncoding } from './encoding-select.tsx'
import { HexView } from './hex-view.tsx'
import { ImagePreview } from './image-preview.tsx'
import { LONGEST_LINE, wayToShow } from './line-source.ts'
import { LineList } from './line-list.tsx'
import { hasPieces, piecesOf } from './pieces.ts'
import { TextView, type FindRef } from './text-view.tsx'
import type { BodyChoice } from './use-body-choice.ts'
import { useBodyView, useLasting, type OpenedBody } from './use-body-view.ts'
import { useViewState } from './view-state.ts'

const LABELS: Readonly<Record<BodyViewName, string>> = { pretty: 'Pretty', raw: 'Raw', preview: 'Preview', hex: 'Hex' }
const STRIP = 'Body view'

export interface BodyPanelProps {
  readonly method: string
  readonly response: ReceivedResponse
  /** Null until it is known what the body is. */
  readonly choice: BodyChoice | null
  /** The chosen encoding; null finds it out. */
  readonly encoding: string | null
  readonly onPick: (picked: PickedView) => void
  readonly onEncoding: (encoding: string | null) => void
  /** Find is asked for; `onFind` says that it was taken up. */
  readonly wantsFind: boolean
  readonly onFind: () => void
  /** Names the editor's models. */
  readonly modelKey: string
}

export function BodyPanel(props: BodyPanelProps) {
  const { method, response, choice, encoding, onPick, onEncoding, wantsFind, onFind, modelKey } = props
  useTextForFind(props)
  const reason = whyNoBody(method, response)
  if (reason !== null) {
    return (
      <EmptyState icon={<FileX />} title="No body">
        {reason}
      </EmptyState>
    )
  }
  if (choice === null) return null
  const { view, views, content, bodyId } = choice
  const strip: StripProps = { active: view, views, onChange: (next) => onPick({ view: next, content }) }
  if (view === 'preview') {
    return (
      <>
        <ViewStrip {...strip} />
        <TabPanel strip={STRIP} id={view}>
          <ImagePreview key={bodyId} bodyId={bodyId} contentType={choice.imageType} bytes={response.bodyBytes} />
        </TabPanel>
      </>
    )
  }
  if (view === 'hex') {
    return (
      <>
        <ViewStrip {...strip} />
        <TabPanel strip={STRIP} id={view}>
          <HexView bodyId={bodyId} bytes={response.bodyBytes} />
        </TabPanel>
      </>
    )
  }
  return (
    <TextBody
      choice={choice}
      view={view}
      response={response}
      encoding={encoding}
      onEncoding={onEncoding}
      modelKey={modelKey}
      strip={strip}
      wantsFind={wantsFind}
      onFind={onFind}
    />
  )
}

/** Find works in text: asked for in a picture or in hex, the text is shown first. */
function useTextForFind({ wantsFind, onFind, choice, method, response, onPick }: BodyPanelProps): void {
  useEffect(() => {
    if (!wantsFind) return
    if (whyNoBody(method, response) !== null) return onFind()
    if (choice === null || choice.view === 'pretty' || choice.view === 'raw') return
    onPick({ view: choice.views.includes('pretty') ? 'pretty' : 'raw', content: choice.content })
  }, [wantsFind, onFind, choice, method, response, onPick])
}

interface StripProps {
  readonly active: BodyViewName
  readonly views: readonly BodyViewName[]
  readonly onChange: (view: BodyViewName) => void
  readonly actions?: ReactNode
}

function ViewStrip({ active, views, onChange, actions }: StripProps) {
  const tabs: readonly TabItem<BodyViewName>[] = views.map((id) => ({ id, label: LABELS[id] }))
  return <TabStrip label={STRIP} size="small" tabs={tabs} active={active} onChange={onChange} actions={actions} />
}

interface TextBodyProps {
  readonly choice: BodyChoice
  readonly view: 'pretty' | 'raw'
  readonly response: ReceivedResponse
  readonly encoding: string | null
  readonly onEncoding: (encoding: string | null) => void
  readonly modelKey: string
  readonly strip: StripProps
  readonly wantsFind: boolean
  readonly onFind: () => void
}

function TextBody({ choice, view, response, encoding, onEncoding, modelKey, strip, wantsFind, onFind }: TextBodyProps) {
  // The request may have decided on an encoding; one that is chosen here wins.
  const wanted = encoding ?? (isDecided(response) ? response.encoding : null)
  const { opened, error, opening } = useBodyView(choice.bodyId, choice.contentType, view, wanted)
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
  const actions = (
    <>
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
    </>
  )
  return (
    <div className={styles.body} data-finds="true" onKeyDown={find}>
      <ViewStrip {...strip} actions={actions} />
      <TabPanel strip={STRIP} id={view}>
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
      </TabPanel>
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

/** The bodies themselves say nothing of it. */
function isDecided({ encodingFrom }: ReceivedResponse): boolean {
  return encodingFrom === 'override' || encodingFrom === 'rules'
}

function foundEncoding(opened: OpenedBody | null, response: ReceivedResponse): FoundEncoding | null {
  if (opened && !isDecided(response)) return { encoding: opened.view.encoding, from: opened.view.encodingFrom }
  if (response.encoding === null || response.encodingFrom === null) return null
  return { encoding: response.encoding, from: response.encodingFrom }
}
