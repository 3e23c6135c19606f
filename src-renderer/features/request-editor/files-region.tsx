/**
 * The place for files: what is dropped here, or chosen by its button, becomes part of the body. The whole window takes
 * files too; this is where it is offered.
 */
import FilePlus from 'lucide-react/icons/file-plus'
import { useState, type DragEvent, type ReactNode } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { addDroppedFiles, addFiles, pickFiles } from '../../actions/files.ts'
import { Button } from '../../ui/button.tsx'
import styles from './files.module.css'
import { t } from '../../lib/t.ts'

interface FilesRegionProps {
  readonly draftId: DraftId
  /** Whether more than one can be chosen. */
  readonly multiple: boolean
  /** What happens to a dropped file, in words. */
  readonly invitation: string
  readonly children: ReactNode
}

export function FilesRegion({ draftId, multiple, invitation, children }: FilesRegionProps) {
  const [isOver, setIsOver] = useState(false)
  const onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
    setIsOver(true)
  }
  const onDragLeave = (event: DragEvent<HTMLElement>): void => {
    if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setIsOver(false)
  }
  const onDrop = (event: DragEvent): void => {
    setIsOver(false)
    // Not prevented already: the window, which takes files too, may have dealt with it.
    if (!event.dataTransfer.types.includes('Files') || event.defaultPrevented) return
    event.preventDefault()
    void addDroppedFiles(draftId, event.dataTransfer, 'body')
  }
  const choose = async (): Promise<void> => addFiles(draftId, await pickFiles({ title: t`Choose files to send`, multiple }))
  return (
    <section
      aria-label={t`Files`}
      className={styles.region}
      data-over={isOver}
      onDragEnter={onDragOver}
      onDragOver={onDragOver}
      onDragLeave={onDragLeave}
      onDrop={onDrop}
    >
      {children}
      <div className={styles.invitation}>
        <span className={styles.invitationText}>{invitation}</span>
        <Button icon={<FilePlus />} onClick={() => void choose()}>{t`Choose files…`}</Button>
      </div>
    </section>
  )
}
