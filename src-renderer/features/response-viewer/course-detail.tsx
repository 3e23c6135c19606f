/** One try or hop of a course, opened: what it was, a way back, and its own sections below. */
import ArrowLeft from 'lucide-react/icons/arrow-left'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import type { CourseEntry } from './course.ts'
import { HopLine } from './hop-line.tsx'
import styles from './redirects-panel.module.css'
import { t } from '../../lib/t.ts'

interface CourseDetailProps {
  readonly entry: CourseEntry
  readonly number: number
  /** What the way back is called. */
  readonly back: string
  readonly onBack: () => void
  readonly children: ReactNode
}

export function CourseDetail({ entry, number, back, onBack, children }: CourseDetailProps) {
  const { part, error, kind } = entry
  return (
    <div className={styles.detail} role="group" aria-label={t`Hop ${number}`}>
      <div className={styles.bar}>
        <Button variant="ghost" icon={<ArrowLeft />} onClick={onBack}>
          {back}
        </Button>
        <HopLine part={part} number={number} kind={kind} />
      </div>
      {error && (
        <div className={styles.problem}>
          <ProblemNote kind={error.kind} message={error.message} />
        </div>
      )}
      {children}
    </div>
  )
}
