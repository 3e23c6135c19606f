/** A failure in words: its kind, what happened, what to do, and buttons that do it. */
import CircleX from 'lucide-react/icons/circle-x'
import type { ErrorKind, FieldRef, WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { editDocument } from '../../actions/edit.ts'
import { send } from '../../actions/send.ts'
import { MendOption } from '../../forms/mend-option.tsx'
import { isMendable, MendVariable } from '../../forms/mend-variable.tsx'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useFocusStore } from '../../stores/focus-store.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { optionAt } from '../../lib/variable-scope.ts'
import { shortMessage } from '../../lib/undefined-names.ts'
import { Button } from '../../ui/button.tsx'
import { CertificateChain } from './connection-facts.tsx'
import { readDetails, resumeOf, type ErrorDetails } from './error-details.ts'
import { Fold } from '../../ui/fold.tsx'
import styles from './failure-card.module.css'
import { useResumePoint } from './resume-line.tsx'
import { told } from '../../lib/told.ts'
import { t } from '../../lib/t.ts'

/** Mended by changing the request; sending the same again would fail the same. */
const NEEDS_AN_EDIT: ReadonlySet<ErrorKind> = new Set<ErrorKind>([
  'MissingSchema',
  'InvalidSchema',
  'InvalidURL',
  'InvalidHeader',
  'InvalidProxyURL',
  'InvalidBody',
  'InvalidOption',
  'UnsupportedAuth',
  'UndefinedVariable',
])

export interface FailureCardProps {
  readonly draftId: DraftId
  readonly error: WireError
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number
}

export function FailureCard({ draftId, error, at }: FailureCardProps) {
  const more = useFurtherProblems(draftId, error)
  const field = useFieldOf(draftId, error)
  const details = readDetails(error.details)
  const isCancelled = error.kind === 'Cancelled'
  // The button for it stands below the card: sending again would get what is here once more.
  const canResume = useResumePoint(draftId) !== null && error.kind === 'ChunkedEncodingError'
  // The request says all of it, and has the mend: here it is told in short, with the way there.
  const isToldThere = error.kind === 'UndefinedVariable' && field !== null
  const hint = canResume ? undefined : error.hint
  return (
    <div className={styles.card} role="alert" data-tone={isCancelled ? 'quiet' : 'danger'}>
      <CircleX className={styles.icon} aria-hidden="true" />
      <div className={styles.words}>
        <p className={styles.message}>
          <strong className={styles.kind}>{error.kind}</strong> {isToldThere ? shortMessage(error) : told(error.message)}
          {canResume && t` Resume gets the rest.`}
        </p>
        {hint !== undefined && !isToldThere && <p className={styles.hint}>{told(hint)}</p>}
        {more > 0 && (
          <p className={styles.hint}>
            {more === 1 ? t`One more problem is marked in the request.` : t`${more} more problems are marked in the request.`}
          </p>
        )}
        {isToldThere && (
          <div className={styles.actions}>
            <Button onClick={() => useFocusStore.getState().ask(draftId, field)}>{t`Show it in the request`}</Button>
          </div>
        )}
        {isMendable(error) && !isToldThere && (
          <div className={styles.actions}>
            <MendVariable problem={error} />
          </div>
        )}
        <div className={styles.foot}>
          <Actions draftId={draftId} error={error} />
          <Details details={details} at={at} />
        </div>
      </div>
    </div>
  )
}

function Actions({ draftId, error }: { readonly draftId: DraftId; readonly error: WireError }) {
  // What is shown from the history has no form to change.
  const isOpen = useDraftsStore((state) => state.tabs[draftId] !== undefined)
  const verifies = useDraftsStore((state) => state.tabs[draftId]?.draft.document.options.verify !== false)
  const resume = resumeOf(error.details)
  if (!isOpen) return null
  if (NEEDS_AN_EDIT.has(error.kind)) {
    return (
      optionAt(error) && (
        <div className={styles.actions}>
          <MendOption draftId={draftId} problem={error} />
        </div>
      )
    )
  }
  const sendLenient = (): void => {
    editDocument(draftId, 'options.lenient', (document) => ({ ...document, options: { ...document.options, lenient: true } }))
    void send(draftId)
  }
  // Other failures of TLS, such as a client certificate that is missing, are none that verification is to blame for.
  const isDistrust = error.kind === 'SSLError' && error.details?.['certificates'] !== undefined
  const sendUnverified = (): void => {
    editDocument(draftId, 'options.verify', (document) => ({ ...document, options: { ...document.options, verify: false } }))
    void send(draftId)
  }
  return (
    <div className={styles.actions}>
      {resume && (
        <Button onClick={() => void send(draftId, resume.from, resume)}>{t`Resume from part ${resume.from} of ${resume.of}`}</Button>
      )}
      {/* Not "Send again": one button of the window is named Send. */}
      <Button onClick={() => void send(draftId)}>{t`Try again`}</Button>
      <MendOption draftId={draftId} problem={error} />
      {error.details?.['mayBeLenient'] === true && (
        <Button tooltip={t`Turns “Lenient” on in the Options of this request`} onClick={sendLenient}>{t`Try again leniently`}</Button>
      )}
      {isDistrust && verifies && (
        <Button
          variant="danger"
          tooltip={t`Turns “Verify TLS certificates” off in the Options of this request: anyone on the way could read and change it`}
          onClick={sendUnverified}
        >{t`Try again without verification`}</Button>
      )}
      {isDistrust && !verifies && <span className={styles.hint}>{t`Verification is off for this request now.`}</span>}
    </div>
  )
}

function Details({ details: { received, certificates, facts }, at }: { readonly details: ErrorDetails; readonly at: number }) {
  if (received === null && facts.length === 0 && certificates.length === 0) return null
  return (
    <Fold label={received === null ? t`Details` : t`What the server sent`} className={styles.details}>
      {facts.length > 0 && (
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {received !== null && (
        <>
          <p className={styles.label}>
            {received.shown < received.total ? t`As text, the first ${received.shown} of ${received.total} bytes` : t`As text`}
          </p>
          <pre className={styles.raw} role="group" aria-label={t`As text`} tabIndex={0}>
            {received.text}
          </pre>
          <p className={styles.label}>{t`As bytes`}</p>
          <pre className={styles.raw} role="group" aria-label={t`As bytes`} tabIndex={0}>
            {received.hex}
          </pre>
        </>
      )}
      {certificates.length > 0 && (
        <>
          <p className={styles.label}>{t`Certificates that the server showed`}</p>
          <CertificateChain certificates={certificates} at={at} />
        </>
      )}
    </Fold>
  )
}

/** The field of the open request that the error is about, while it still stands there; null: there is none. */
function useFieldOf(draftId: DraftId, error: WireError): FieldRef | null {
  return usePreviewsStore((state) => {
    const problems = state.byTab[draftId]?.problems ?? []
    return problems.find(({ kind, message }) => kind === error.kind && message === error.message)?.where ?? null
  })
}

/** How many other problems the preview of the request knows of, while this one still stands. */
function useFurtherProblems(draftId: DraftId, error: WireError): number {
  return usePreviewsStore((state) => {
    const problems = state.byTab[draftId]?.problems ?? []
    const stands = problems.some((problem) => problem.kind === error.kind && problem.message === error.message)
    // A name without a value is one, at however many places it stands.
    return stands ? new Set(problems.map(({ kind, message }) => `${kind} ${message}`)).size - 1 : 0
  })
}
