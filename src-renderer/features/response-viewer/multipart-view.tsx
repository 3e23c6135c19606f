/** A multipart body part by part: what the parts are, and the chosen one opened like a body of its own. */
import Download from 'lucide-react/icons/download'
import { useState } from 'react'
import type { BodyPart } from '#contract/model/derived-body.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { saveBody } from '../../actions/bodies.ts'
import { listParts, openPart } from '../../actions/derived-bodies.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { suggestedFileName } from '../../lib/suggested-name.ts'
import { IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import type { PickedView } from './body-choice.ts'
import panel from './body-panel.module.css'
import type { BodyViewProps } from './body-view-props.tsx'
import { essenceOf, headerValue } from './media-type.ts'
import styles from './multipart-view.module.css'
import { partLabel } from './part-label.ts'
import { UsedIn } from './used-in.ts'
import { useAsked } from './use-asked.ts'
import { useBodyChoice } from './use-body-choice.ts'
import { useLasting } from './use-body-view.ts'
import { rich, t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

export function MultipartView(props: BodyViewProps) {
  const { bodyId, contentType } = props.choice
  const { value: found, error } = useAsked(`${bodyId} ${contentType}`, (signal) => listParts(bodyId, contentType, signal))
  const [chosen, setChosen] = useState(0)
  const isSlow = useLasting(found === null && error === null, 200)
  if (error) return <ProblemNote kind={error.kind} message={error.message} />
  if (found === null) return isSlow && <p className={panel.wait}>{t`Looking for the parts…`}</p>
  const { parts, note } = found
  const part = parts[chosen]
  return (
    <div className={styles.view}>
      {note !== null && (
        <div className={panel.note}>
          <ProblemNote tone="warning" message={note} />
        </div>
      )}
      {parts.length > 0 && <PartList parts={parts} chosen={chosen} onChoose={setChosen} />}
      {part ? (
        <Part key={chosen} {...props} part={part} number={chosen + 1} />
      ) : (
        <EmptyState title={t`There are no parts`}>{t`Raw shows the body as it came.`}</EmptyState>
      )}
    </div>
  )
}

interface PartListProps {
  readonly parts: readonly BodyPart[]
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

/** More than anyone reads in a list; the search for one among so many is Raw's. */
const LISTED = 500

function PartList({ parts, chosen, onChoose }: PartListProps) {
  return (
    <ul className={styles.parts} aria-label={t`Parts`}>
      {parts.slice(0, LISTED).map((part, index) => {
        const type = essenceOf(headerValue(part.headers, 'content-type'))
        const label = partLabel(part.headers)
        return (
          <li key={part.offset}>
            <button type="button" className={styles.part} aria-pressed={index === chosen} onClick={() => onChoose(index)}>
              <span className={styles.number}>{index + 1}</span>
              <span className={styles.name}>{label ?? (type || t`Part without a type`)}</span>
              <span className={styles.facts}>{[label === null ? '' : type, formatBytes(part.length)].filter(Boolean).join(' · ')}</span>
            </button>
          </li>
        )
      })}
      {parts.length > LISTED && <li className={styles.more}>{rich`and ${formatNumber(parts.length - LISTED)} more`}</li>}
    </ul>
  )
}

interface PartProps extends BodyViewProps {
  readonly part: BodyPart
  /** From 1. */
  readonly number: number
}

function Part({ part, number, ...props }: PartProps) {
  const { bodyId } = props.choice
  const { value: opened, error } = useAsked(`${bodyId} ${part.offset}`, (signal) => openPart(bodyId, part, signal))
  if (error) return <ProblemNote kind={error.kind} message={error.message} />
  return (
    <section className={styles.content} aria-label={t`Part ${number}`}>
      <div className={styles.head}>
        <dl className={styles.headers}>
          {part.headers.map(([name, value], index) => (
            <div key={index}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {opened && (
          <IconButton
            label={t`Download part ${number}`}
            icon={<Download />}
            onClick={() => void saveBody(opened.id, nameOf(part, number))}
          />
        )}
      </div>
      {opened?.bytes === 0 && <EmptyState title={t`This part is empty`} />}
      {opened && opened.bytes > 0 && <PartBody {...props} part={part} number={number} id={opened.id} bytes={opened.bytes} />}
    </section>
  )
}

function nameOf({ headers }: BodyPart, number: number): string {
  const value = (name: string): string => headerValue(headers, name)
  return suggestedFileName(`http://part/part-${number}`, value('content-disposition'), value('content-type'))
}

/** The part as if it had been answered by itself. */
function PartBody({ part, number, id, bytes, ...props }: PartProps & { readonly id: BodyId; readonly bytes: number }) {
  const [picked, setPicked] = useState<PickedView | null>(null)
  const [encoding, setEncoding] = useState<string | null>(null)
  const response = {
    ...props.response,
    url: partLabel(part.headers) ?? '',
    status: 200,
    headers: part.headers,
    bodyId: id,
    bodyBytes: bytes,
    encoding: null,
    encodingFrom: null,
  }
  const choice = useBodyChoice(response, picked)
  const body = props.renderBody({
    strip: t`${props.strip}, part ${number}`,
    method: 'GET',
    response,
    choice,
    encoding,
    onPick: setPicked,
    onEncoding: setEncoding,
    wantsFind: false,
    onFind: () => undefined,
    streamKey: `${props.streamKey}/part-${number}`,
    modelKey: `${props.modelKey}/part-${number}`,
  })
  // Assertions and captures read the whole body: a value of a part has no place in it that they could name.
  return <UsedIn value={null}>{body}</UsedIn>
}
