/**
 * Files dropped anywhere on the window belong to the request in front, or are imported where they are another program's. Whatever part of the editor takes a drop itself
 * comes first; a drop that nobody takes must not make the page go to the file.
 */
import Upload from 'lucide-react/icons/upload'
import { useEffect, useState } from 'react'
import { dropOnWindow } from '../actions/drop-on-window.ts'
import { useViewStore } from '../features/request-editor/view-store.ts'
import { BODY_LABELS } from '../lib/body-labels.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import styles from './drop-area.module.css'
import { isInFront } from './shortcuts.ts'
import { t } from '../lib/t.ts'

export function DropArea() {
  /** What a drop would do, in words; null while nothing is dragged here. */
  const [over, setOver] = useState<string | null>(null)
  useEffect(() => {
    // Entering a child comes before leaving its parent: only the difference says whether the window is left.
    let depth = 0
    // A part that takes the drop itself says so itself.
    const invite = (event: DragEvent): void => setOver(canTake() && !event.defaultPrevented ? invitation() : null)
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return
      depth += 1
      invite(event)
    }
    const leave = (event: DragEvent): void => {
      if (!carriesFiles(event)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(null)
    }
    const dragOver = (event: DragEvent): void => {
      if (!carriesFiles(event)) return
      invite(event)
      if (event.defaultPrevented) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = canTake() ? 'copy' : 'none'
    }
    const drop = (event: DragEvent): void => {
      depth = 0
      setOver(null)
      if (!carriesFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      take(event.dataTransfer)
    }
    window.addEventListener('dragenter', enter)
    window.addEventListener('dragleave', leave)
    window.addEventListener('dragover', dragOver)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragenter', enter)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('dragover', dragOver)
      window.removeEventListener('drop', drop)
    }
  }, [])
  if (over === null) return null
  return (
    <div className={styles.area} aria-hidden="true">
      <div className={styles.card}>
        <Upload />
        {over}
      </div>
    </div>
  )
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false
}

function canTake(): boolean {
  return !isInFront()
}

function invitation(): string {
  const { activeId, tabs } = useDraftsStore.getState()
  const tab = activeId === null ? undefined : tabs[activeId]
  const body = tab?.broken === null ? tab.draft.document.body : undefined
  if (!body) return t`Drop to import`
  switch (body.kind) {
    case 'file':
      return t`Drop to send the file as the body`
    case 'multipart':
      return t`Drop to add to the Multipart body`
    case 'none':
      return t`Drop to send as a Multipart body`
    default:
      return t`Drop to change the body from ${BODY_LABELS[body.kind]} to Multipart; what is there is kept`
  }
}

function take(dropped: DataTransfer | null): void {
  if (!dropped || !canTake()) return
  const { activeId, tabs } = useDraftsStore.getState()
  const draftId = activeId !== null && tabs[activeId]?.broken === null ? activeId : null
  void dropOnWindow(draftId, dropped, () => draftId !== null && useViewStore.getState().show(draftId, 'body'))
}
