/**
 * A body as text, pretty or raw: its encoding and what can be done with its lines. While it arrives its lines are shown as they
 * come; once it is whole, where one was in them is where one is in the text.
 */
import WrapText from 'lucide-react/icons/wrap-text'
import { use, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import type { BodyFormat, BodyView } from '../../actions/bodies.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { headerCharset } from './arriving-text.ts'
import { useArriving } from './arriving.ts'
import { BodyEncoding } from './body-encoding.tsx'
import styles from './body-panel.module.css'
import { StripActions, type BodyViewProps } from './body-view-props.tsx'
import { wantedEncoding } from './encodings.ts'
import { LONGEST_LINE } from './line-source.ts'
import type { TextHandle } from './line-list.tsx'
import { TextView } from './text-view.tsx'
import { UsedIn } from './used-in.ts'
import { useArrivingLines } from './use-arriving-lines.ts'
import { useBodyView, useLasting, type OpenedBody } from './use-body-view.ts'
import { textActions } from './value-menu.tsx'
import { useViewState } from './view-state.ts'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export interface TextBodyProps extends BodyViewProps {
  readonly format: BodyFormat
}

export function TextBody(props: TextBodyProps) {
  const { choice, format, response, encoding, streamKey, modelKey, actionsAt, wantsFind, onFind } = props
  const { bodyId, contentType } = choice
  const isArriving = useArriving() !== null
  const textKey = `${streamKey}/${format}/${encoding ?? ''}`
  const { opened, error, opening } = useBodyView({
    bodyId: isArriving ? null : bodyId,
    contentType,
    format,
    encoding: wantedEncoding(response, encoding),
    textKey,
  })
  const wrap = useViewState((state) => state.wrap)
  const setWrap = useViewState((state) => state.setWrap)
  const editor = useRef<TextHandle>(null)
  const usedIn = use(UsedIn)
  const jsonActions = useMemo(() => textActions(usedIn), [usedIn])
  const isSlow = useLasting(opening, 200)
  // The last body stays for the moment that the next needs to open: no flash, and no other body under this status.
  const isCurrent = opened?.bodyId === bodyId
  const arriving = useArrivingLines({ textKey, bodyId, encoding: headerCharset(contentType), isArriving, isOpened: isCurrent })
  const shown = arriving === null && (isCurrent || !isSlow) ? opened : null
  const [wholeBody, setWholeBody] = useState<BodyId | null>(null)
  const isWhole = shown !== null && shown.bodyId === wholeBody
  useEffect(() => {
    if (!wantsFind || shown === null || !editor.current) return
    editor.current.find()
    onFind()
  }, [wantsFind, onFind, shown])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !editor.current) return
    const key = event.key.toLowerCase()
    if (key === 'f' && shown !== null) editor.current.find()
    else if (key === 'g') editor.current.goToLine()
    else return
    event.preventDefault()
  }
  return (
    // What is to be found in a text that arrives is found once it is whole.
    <div className={styles.body} data-finds={shown === null ? undefined : 'true'} onKeyDown={onKeyDown}>
      {!isArriving && (
        <>
          <BodyEncoding {...props} view={shown && shown.view} />
          <StripActions at={actionsAt}>
            <IconButton label={t`Wrap long lines`} icon={<WrapText />} pressed={wrap} onClick={() => setWrap(!wrap)} />
          </StripActions>
        </>
      )}
      {shown && <ViewNotes opened={shown} isWhole={isWhole} isWrapped={wrap} onWhole={setWholeBody} />}
      {error && (
        <div className={styles.note}>
          <ProblemNote kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />
        </div>
      )}
      {(shown ?? arriving) && (
        <div className={styles.text} data-stale={isSlow && shown !== null} aria-busy={arriving !== null || shown?.view.share !== undefined}>
          <TextView
            opened={shown}
            arriving={arriving}
            modelKey={`${modelKey}/${shown?.format ?? format}`}
            label={t`Response body`}
            wrap={wrap}
            whole={isWhole}
            onWhole={() => setWholeBody(shown?.bodyId ?? null)}
            jsonActions={jsonActions}
            editor={editor}
          />
          {shown && <Growth view={shown.view} format={shown.format} />}
        </div>
      )}
      {shown === null && arriving === null && isSlow && <p className={styles.wait}>{t`Reading the body…`}</p>}
    </div>
  )
}

/** How far a text is that is shown while it is being laid out; what is soon whole is not worth a word. */
function Growth({ view, format }: { readonly view: BodyView; readonly format: BodyFormat }) {
  const { share, lines } = view
  const isLasting = useLasting(share !== undefined, 300)
  if (share === undefined || !isLasting) return null
  return (
    <div className={styles.growth}>
      <ProgressBar
        label={format === 'pretty' ? t`Laying out` : t`Reading`}
        value={share}
        text={lines === 1 ? t`1 line` : t`${formatNumber(lines)} lines`}
      />
    </div>
  )
}

interface ViewNotesProps {
  readonly opened: OpenedBody
  readonly isWhole: boolean
  readonly isWrapped: boolean
  /** Show the lines of this body whole, or with null as far as they are handed out. */
  readonly onWhole: (bodyId: BodyId | null) => void
}

/** What cannot be seen in the text itself, in one line. */
function ViewNotes({ opened, isWhole, isWrapped, onWhole }: ViewNotesProps) {
  const { view, bodyId } = opened
  const isCut = !isWrapped && (isWhole || mayBeCut(opened))
  const cut = isWhole ? t`Long lines go on below, in wide rows.` : t`Lines are shown up to ${formatNumber(LONGEST_LINE)} characters.`
  const note = [view.note, isCut && cut].filter(Boolean).join(' ')
  if (note === '') return null
  return (
    <div className={styles.note}>
      <ProblemNote
        tone="warning"
        message={note}
        action={isCut && <Button onClick={() => onWhole(isWhole ? null : bodyId)}>{isWhole ? t`Show lines` : t`Show all of it`}</Button>}
      />
    </div>
  )
}

/** Whether some line may be longer than what core hands out of one. */
function mayBeCut({ view }: OpenedBody): boolean {
  return view.text === null && view.length > view.lines * LONGEST_LINE
}
