/**
 * The page of an environment, a session or defaults: the frame that all of them have, and in it the editor of its kind. A
 * kind is added by its editor in the table below.
 */
import { useState, type ComponentType } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import { discardLayer, keepMine, redoLayer, saveLayer, takeTheirs, undoLayer } from '../actions/layer-drafts.ts'
import { layerName, layerPath } from '../actions/layer-kinds.ts'
import { closePage } from '../actions/pages.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { isEdited, useLayerDraftsStore, type LayerEntry, type LayerKind } from '../stores/layer-drafts-store.ts'
import type { LayerFocus } from '../stores/page-store.ts'
import { Button } from '../ui/button.tsx'
import { Differences } from '../ui/differences.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import styles from './main-area.module.css'
import { Awaiting, nearPart } from '../lib/lazy-part.ts'
import { t } from '../lib/t.ts'

interface EditorProps {
  readonly id: DraftId
  /** Where the focus is wanted; a new object with each wish. */
  readonly focus: LayerFocus | null
}

interface KindOfPage {
  /** Names the kind to people. */
  readonly word: string
  readonly Editor: ComponentType<EditorProps>
  /** What can be done with it, before Save. */
  readonly Actions?: ComponentType<{ readonly id: DraftId }>
}

const layers = () => import('../features/layers/index.ts')

const PAGES: Readonly<Record<LayerKind, KindOfPage>> = {
  environment: {
    word: t`Environment`,
    Editor: nearPart(async () => ({ default: (await import('../features/environments/index.ts')).EnvironmentEditor })),
  },
  session: {
    word: t`Session`,
    Editor: nearPart(async () => ({ default: (await layers()).SessionEditor })),
    Actions: nearPart(async () => ({ default: (await layers()).SessionActions })),
  },
  defaults: {
    word: t`Defaults`,
    Editor: nearPart(async () => ({ default: (await layers()).DefaultsEditor })),
  },
}

export function LayerArea({ id, focus }: EditorProps) {
  const entry = useLayerDraftsStore((state) => state.byId[id])
  const collectionId = entry?.draft.collectionId
  const collection = useCollectionsStore((state) => state.collections.find((one) => one.id === collectionId)?.name ?? '')
  const page = entry && PAGES[entry.draft.kind]
  if (!entry || !page) return null
  const { word, Editor, Actions } = page
  const name = layerName(entry.draft)
  return (
    <PageFrame
      label={`${word} ${name}`}
      title={entry.draft.kind === 'session' && name === DEFAULT_SESSION ? t`Default session` : name}
      kind={t`${word} of ${collection}`}
      place={layerPath(entry.draft)}
      isEdited={isEdited(entry.draft)}
      onSave={() => void saveLayer(id)}
      onDiscard={() => discardLayer(id)}
      onClose={closePage}
      onTravel={(direction) => void (direction === 'undo' ? undoLayer(id) : redoLayer(id))}
      notes={<Notes entry={entry} />}
      actions={
        Actions && (
          <Awaiting fallback={null}>
            <Actions id={id} />
          </Awaiting>
        )
      }
    >
      <Awaiting fallback={<div className={styles.panel} aria-busy="true" />}>
        <Editor id={id} focus={focus} />
      </Awaiting>
    </PageFrame>
  )
}

function Notes({ entry: { draft, theirs, error } }: { readonly entry: LayerEntry }) {
  const [isCompared, setCompared] = useState(false)
  const file = layerPath(draft).split('/').at(-1) ?? ''
  return (
    <>
      {error && <ProblemNote live kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />}
      {theirs && (
        <ProblemNote
          live
          tone="warning"
          message={theirs.value === null ? t`${file} no longer has this.` : t`${file} was changed on disk while you edited it.`}
          hint={
            theirs.value === null
              ? t`What you typed is still here. Keep it, and Save puts it there again.`
              : t`Nothing is overwritten yet. What is not kept is one undo step away, or in the earlier versions of the file.`
          }
          action={
            <span className={styles.choices}>
              {theirs.value !== null && (
                <Button aria-expanded={isCompared} onClick={() => setCompared(!isCompared)}>
                  {isCompared ? t`Hide differences` : t`Show differences`}
                </Button>
              )}
              <Button onClick={() => takeTheirs(draft.id)}>{theirs.value === null ? t`Let it go` : t`Take the file’s`}</Button>
              <Button onClick={() => keepMine(draft.id)}>{t`Keep mine`}</Button>
            </span>
          }
        />
      )}
      {theirs && theirs.value !== null && isCompared && <Differences theirs={plainText(theirs.value)} mine={plainText(draft.value)} />}
    </>
  )
}

/** One thing a line, so that a line tells what differs. */
function plainText(value: LayerEntry['draft']['value']): string {
  return JSON.stringify(value, null, 2)
}
