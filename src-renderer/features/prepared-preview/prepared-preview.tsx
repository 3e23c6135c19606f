/** What will be sent, line by line, as core prepared it: the request line, every header, the body's beginning, and what to know about it. */
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useMemo, useState, useSyncExternalStore } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Preview } from '#contract/model/prepared.ts'
import { setCollapsed } from '../../actions/collections.ts'
import { formatBytes } from '../../lib/format-bytes.ts'
import { isNotable, routeInWords } from '../../lib/route-words.ts'
import { listOfNames, shortMessage, undefinedNames } from '../../lib/undefined-names.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'
import { useFocusStore } from '../../stores/focus-store.ts'
import { useLayoutStore } from '../../stores/layout-store.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FoldRegion } from '../../ui/fold-region.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { hasSecretLast, previewText, wholeText, type PreviewText } from './preview-text.ts'
import styles from './prepared-preview.module.css'
import { rich, t } from '../../lib/t.ts'

/** Its name among the folded parts of the window. */
const FOLD_ID = 'prepared-request'
/** In a short window it is folded unless this is among them: the editor needs the room. */
const OPEN_IN_SHORT_ID = 'prepared-request-open'
const SHORT_WINDOW = '(max-height: 699px)'

export function PreparedPreview({ draftId }: { readonly draftId: DraftId }) {
  const preview = usePreviewsStore((state) => state.byTab[draftId])
  const isShort = useSyncExternalStore(onHeight, isShortWindow)
  const isFolded = useLayoutStore(({ collapsed }) => (isShort ? !collapsed.includes(OPEN_IN_SHORT_ID) : collapsed.includes(FOLD_ID)))
  const toggle = (): void => (isShort ? setCollapsed(OPEN_IN_SHORT_ID, isFolded) : setCollapsed(FOLD_ID, !isFolded))
  const keyInQuery = useDraftsStore((state) => {
    // Inherited ones stand in the same place.
    const auth = preview?.layers.auth?.auth ?? state.tabs[draftId]?.draft.document.auth
    return auth !== undefined && hasSecretLast(auth, preview?.target ?? '')
  })
  const isAway = useAppStore((state) => state.connection === 'lost' || state.connection === 'refused')
  const isBegun = useDraftsStore((state) => (state.tabs[draftId]?.draft.document.url ?? '').trim() !== '')
  const [isRevealed, setRevealed] = useState(false)
  const text = useMemo(() => preview && previewText(preview, keyInQuery, isRevealed), [preview, keyInQuery, isRevealed])
  return (
    <FoldRegion
      label={t`Prepared request`}
      isFolded={isFolded}
      onToggle={toggle}
      isDimmed={isAway}
      summary={isAway ? t`as of before Posthaste’s host went away` : preview && isBegun ? summary(preview) : ''}
      tools={
        text &&
        isBegun &&
        !isFolded && (
          <>
            {text.hasSecrets && (
              <IconButton
                label={isRevealed ? t`Hide secrets` : t`Reveal secrets`}
                pressed={isRevealed}
                icon={isRevealed ? <EyeOff /> : <Eye />}
                onClick={() => setRevealed(!isRevealed)}
              />
            )}
            <CopyButton label={t`Copy as shown`} text={() => wholeText(text)} />
          </>
        )
      }
    >
      {preview && text && (
        <div className={styles.content} tabIndex={0} role="group" aria-label={t`What will be sent`}>
          {isBegun ? (
            <Notes draftId={draftId} preview={preview} />
          ) : (
            <p className={styles.more}>{t`Type an address to see here what will be sent.`}</p>
          )}
          {preview.route && isNotable(preview.route) && isBegun && (
            <p className={styles.more}>{rich`Goes ${routeInWords(preview.route)}.`}</p>
          )}
          {preview.target !== '' && <Head text={text} />}
          {text.body !== '' && <pre className={styles.body}>{text.body}</pre>}
          {preview.bodyTruncated && (
            <p
              className={styles.more}
            >{rich`Only the beginning is shown${preview.bodyBytes === null ? '' : t`; the whole body is ${formatBytes(preview.bodyBytes)}`}.`}</p>
          )}
        </div>
      )}
    </FoldRegion>
  )
}

function isShortWindow(): boolean {
  return matchMedia(SHORT_WINDOW).matches
}

function onHeight(listener: () => void): () => void {
  const query = matchMedia(SHORT_WINDOW)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** Where a line comes from is drawn by the style sheet, so that a copied selection is what is sent. */
function Head({ text }: { readonly text: PreviewText }) {
  return (
    <pre className={styles.head}>
      <span className={`${styles.line} ${styles.requestLine}`} data-source={text.requestSource}>
        {text.requestLine}
      </span>
      {text.headers.map(({ name, value, source }, index) => (
        <span key={index} className={styles.line} data-source={source}>
          <span className={styles.name}>{name}: </span>
          {value}
        </span>
      ))}
    </pre>
  )
}

function summary({ bodyBytes, problems, requests }: Preview): string {
  if (problems.length > 0) {
    const { names, others } = undefinedNames(problems)
    const count = names.length + others.length
    return count === 1 ? t`1 problem` : t`${count} problems`
  }
  const body = bodyBytes === null ? t`no body` : t`${formatBytes(bodyBytes)} body`
  return requests === 1 ? body : t`${body} · 1 of ${requests} requests`
}

/** In short: what to do about a problem is said beside its field. */
function Notes({ draftId, preview }: { readonly draftId: DraftId; readonly preview: Preview }) {
  const { problems, warnings } = preview
  if (problems.length === 0 && warnings.length === 0) return null
  const { names, others } = undefinedNames(problems)
  const [first] = names
  return (
    <div className={styles.notes}>
      {first && (
        <Problem
          draftId={draftId}
          problem={{
            ...first.problem,
            message: names.length === 1 ? shortMessage(first.problem) : t`${listOfNames(names)} have no value.`,
          }}
        />
      )}
      {others.map((problem, index) => (
        <Problem key={index} draftId={draftId} problem={problem} />
      ))}
      {warnings.map((warning, index) => (
        <ProblemNote key={index} tone="warning" message={warning} />
      ))}
    </div>
  )
}

/** Leads to the field it is about, where it is about one. */
function Problem({ draftId, problem: { kind, message, where } }: { readonly draftId: DraftId; readonly problem: WireError }) {
  const ask = useFocusStore((state) => state.ask)
  if (!where) return <ProblemNote kind={kind} message={message} />
  return (
    <button type="button" className={styles.problem} title={t`Go to the field`} onClick={() => ask(draftId, where)}>
      <ProblemNote kind={kind} message={message} />
    </button>
  )
}
