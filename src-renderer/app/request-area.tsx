/** The request in front: its address across the whole width, and under it the editor and the response. */
import { memo } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { takeFromDisk } from '../actions/save.ts'
import { CodeRegion } from '../features/code-region/index.ts'
import { PreparedPreview } from '../features/prepared-preview/index.ts'
import { GuideStrip, RequestBar, RequestSections } from '../features/request-editor/index.ts'
import { isOutdated, useDraftsStore, vanishedFile } from '../stores/drafts-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import { Button } from '../ui/button.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { SplitPane } from '../ui/split-pane.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import styles from './main-area.module.css'
import { Awaiting, lazyPart } from '../lib/lazy-part.ts'
import { t } from '../lib/t.ts'

const CompareMenu = lazyPart(async () => ({ default: (await import('../features/compare/index.ts')).CompareMenu }))
const EarlierSends = lazyPart(async () => ({ default: (await import('../features/history/index.ts')).EarlierSends }))

const ExamplesMenu = lazyPart(async () => ({ default: (await import('../features/examples/index.ts')).ExamplesMenu }))

/** Shown at once with its empty state, but read only when something was sent: it comes after the editor. */
const ResponseViewer = lazyPart(async () => ({ default: (await import('../features/response-viewer/index.ts')).ResponseViewer }))

export function RequestArea({ draftId }: { readonly draftId: DraftId }) {
  return (
    <>
      <VanishedNote draftId={draftId} />
      <OutdatedNote draftId={draftId} />
      <RequestBar draftId={draftId} />
      <GuideStrip draftId={draftId} />
      <Panes draftId={draftId} />
    </>
  )
}

/** Its file went away on disk: nothing is lost, and what becomes of it is for the user to say. */
function VanishedNote({ draftId }: { readonly draftId: DraftId }) {
  const nodeId = useDraftsStore((state) => vanishedFile(state.tabs[draftId])?.nodeId ?? null)
  if (nodeId === null) return null
  return (
    <div className={styles.note}>
      <ProblemNote
        live
        tone="warning"
        message={t`${nodeId.slice(nodeId.indexOf('/') + 1)} is no longer on disk.`}
        hint={t`All of it is still in this tab. Save puts it in a place you choose; if the file comes back, the tab goes on with it.`}
      />
    </div>
  )
}

/** Its file was changed under the edits, as by a git switch: said as soon as it is known, not at Save. */
function OutdatedNote({ draftId }: { readonly draftId: DraftId }) {
  const file = useDraftsStore((state) => (isOutdated(state.tabs[draftId]) ? (state.tabs[draftId]?.draft.nodeId ?? null) : null))
  if (file === null) return null
  return (
    <div className={styles.note}>
      <ProblemNote
        live
        tone="warning"
        message={t`${file.slice(file.indexOf('/') + 1)} has changed on disk.`}
        hint={t`Your edits stay as they are; Save shows both and asks.`}
        action={
          <Button tooltip={t`Your edits are one undo step back`} onClick={() => void takeFromDisk(draftId)}>{t`Show the file’s`}</Button>
        }
      />
    </div>
  )
}

function Panes({ draftId }: { readonly draftId: DraftId }) {
  const split = useLayoutStore((state) => state.split)
  // Below each other in as little room as a large zoom leaves, the answer gets more of it: there it is what one looks at.
  const byDefault = useLayoutStore((state) => (state.split === 'below' && state.isNarrow ? 0.4 : 0.5))
  const share = useLayoutStore((state) => (state.split === 'beside' ? state.editorShare : (state.editorShareBelow ?? byDefault)))
  const change = useLayoutStore((state) => state.change)
  return (
    <div className={styles.panes}>
      <SplitPane
        label={t`Resize the editor`}
        direction={split}
        unit="share"
        size={share}
        resetTo={byDefault}
        minFirst={split === 'beside' ? 260 : 104}
        minSecond={split === 'beside' ? 260 : 120}
        onResize={(next) => change(split === 'beside' ? { editorShare: next } : { editorShareBelow: next })}
        first={<Editor draftId={draftId} />}
        second={<Answer draftId={draftId} />}
      />
    </div>
  )
}

const Editor = memo(function Editor({ draftId }: { readonly draftId: DraftId }) {
  return (
    <div className={styles.editor}>
      <RequestSections draftId={draftId} />
      <div className={styles.below}>
        <PreparedPreview draftId={draftId} />
        <CodeRegion draftId={draftId} />
      </div>
    </div>
  )
})

const Answer = memo(function Answer({ draftId }: { readonly draftId: DraftId }) {
  return (
    <ErrorBoundary part={t`The response`} shows={draftId}>
      <Awaiting fallback={<section className={styles.panel} aria-label={t`Response`} aria-busy="true" />}>
        <ResponseViewer draftId={draftId} actions={<AnswerActions draftId={draftId} />} />
      </Awaiting>
    </ErrorBoundary>
  )
})

/** What can be done with the answer beside others: they are fetched after it. */
function AnswerActions({ draftId }: { readonly draftId: DraftId }) {
  return (
    <>
      <CompareMenu draftId={draftId} />
      <ExamplesMenu draftId={draftId} />
      <EarlierSends draftId={draftId} />
    </>
  )
}
