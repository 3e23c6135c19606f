/** The body of a request as it went over the socket: as text where it is text, as bytes where it is not. */
import { useMemo, useState, type ReactNode } from 'react'
import type { SentRequest } from '#contract/model/exchange.ts'
import type { BodyId } from '#contract/model/ids.ts'
import { closeView, openBody, readBytes } from '../../actions/bodies.ts'
import { formatBytes, formatExactBytes } from '../../lib/format-bytes.ts'
import { maskTexts } from '../../lib/mask-texts.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TabPanel, TabStrip } from '../../ui/tab-strip.tsx'
import { isText } from './byte-signatures.ts'
import { HexView } from './hex-view.tsx'
import { headerValue } from './media-type.ts'
import styles from './request-panel.module.css'
import { TextView } from './text-view.tsx'
import { useBodyHead, useBodyView } from './use-body-view.ts'
import { t } from '../../lib/t.ts'

/** As much of a body as is kept of what was sent. */
const CAPTURED_BYTES = 1_048_576
/** A multipart body may begin with a text part and go on with a picture. */
const HEAD_BYTES = 65_536

type SentView = 'text' | 'hex'

export interface SentBodyProps {
  readonly request: SentRequest
  readonly modelKey: string
  /** Texts to hide. */
  readonly secrets: readonly string[]
}

export function SentBody({ request, modelKey, secrets }: SentBodyProps) {
  const { bodyId, bodyBytes, isBodyMasked = false } = request
  const head = useBodyHead(bodyId, HEAD_BYTES)
  const [picked, setPicked] = useState<SentView | null>(null)
  if (bodyId === null) return <p className={styles.nothing}>{bodyBytes === 0 ? t`No body was sent.` : t`The body was not kept.`}</p>
  if (head === null) return null
  const kept = Math.min(bodyBytes, CAPTURED_BYTES)
  const view = picked ?? (isText(head) ? 'text' : 'hex')
  return (
    <div className={styles.body}>
      <TabStrip
        label={t`Sent body view`}
        size="small"
        tabs={[
          { id: 'text', label: t`Text` },
          { id: 'hex', label: t`Hex` },
        ]}
        active={view}
        onChange={setPicked}
      />
      {isBodyMasked && (
        <div style={{ padding: '5px 12px' }}>
          <ProblemNote tone="warning" message={t`The values of secrets are not kept: they are masked here, though they were sent.`} />
        </div>
      )}
      {bodyBytes > CAPTURED_BYTES && (
        <div style={{ padding: '5px 12px' }}>
          <ProblemNote
            tone="warning"
            message={t`${formatBytes(bodyBytes)} were sent; the first ${formatBytes(CAPTURED_BYTES)} are kept to be looked at.`}
          />
        </div>
      )}
      <TabPanel strip={t`Sent body view`} id={view}>
        {view === 'hex' ? (
          <SentBytes head={head} secrets={secrets}>
            <HexView bodyId={bodyId} bytes={kept} />
          </SentBytes>
        ) : (
          <SentText bodyId={bodyId} contentType={contentTypeOf(request)} modelKey={modelKey} secrets={secrets} />
        )}
      </TabPanel>
    </div>
  )
}

/** Bytes cannot be shown in part: where they hold a secret they are shown once it is revealed. */
function SentBytes({
  head,
  secrets,
  children,
}: {
  readonly head: Uint8Array
  readonly secrets: readonly string[]
  readonly children: ReactNode
}) {
  const holdsSecret = useMemo(() => {
    const text = new TextDecoder().decode(head)
    return maskTexts(text, secrets) !== text
  }, [head, secrets])
  return holdsSecret ? <p className={styles.nothing}>{t`The bytes hold a secret. Reveal secrets to see them.`}</p> : children
}

interface SentTextProps {
  readonly bodyId: BodyId
  readonly contentType: string
  readonly modelKey: string
  readonly secrets: readonly string[]
}

function SentText({ bodyId, contentType, modelKey, secrets }: SentTextProps) {
  const { opened, error } = useBodyView({ bodyId, contentType, format: 'raw', encoding: null })
  const text = opened?.view.text ?? null
  const masked = useMemo(() => (text === null ? null : maskTexts(text, secrets)), [text, secrets])
  if (error) return <ProblemNote kind={error.kind} message={error.message} />
  if (!opened) return null
  if (masked !== null && masked !== text) return <MaskedText text={masked} />
  return <TextView opened={opened} modelKey={`${modelKey}/sent`} label={t`Sent body`} wrap editor={null} />
}

/** As much of a body that holds secrets as is worth a look before they are revealed; then it is shown as any other. */
const MASKED_UNITS = 65_536

function MaskedText({ text }: { readonly text: string }) {
  return (
    <pre className={styles.masked} role="group" aria-label={t`Sent body`} tabIndex={0}>
      {text.slice(0, MASKED_UNITS)}
      {text.length > MASKED_UNITS &&
        t`
… Reveal secrets to see all of it.`}
    </pre>
  )
}

/** The kept part of the body as text, or what it is in its place; null where there is none. */
export async function sentBodyText(request: SentRequest): Promise<string | null> {
  const { bodyId, bodyBytes } = request
  if (bodyId === null) return null
  const head = await readBytes(bodyId, 0, HEAD_BYTES)
  if (!head.ok || !isText(head.value.bytes)) return t`<${formatExactBytes(bodyBytes)} that are not text>`
  const opened = await openBody(bodyId, contentTypeOf(request), 'raw', null)
  if (!opened.ok) return null
  closeView(opened.value.viewId)
  const { text } = opened.value
  return bodyBytes > CAPTURED_BYTES ? t`${text ?? ''}\n<the first ${formatBytes(CAPTURED_BYTES)} of ${formatBytes(bodyBytes)}>` : text
}

function contentTypeOf(request: SentRequest): string {
  return headerValue(request.headers, 'content-type')
}
