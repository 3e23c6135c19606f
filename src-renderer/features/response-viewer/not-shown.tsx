/** Why a body is not shown here, with the way to have it anyway. */
import Download from 'lucide-react/icons/download'
import type { ReactNode } from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import { saveBody } from '../../actions/bodies.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import styles from './previews.module.css'
import { t } from '../../lib/t.ts'

export interface ShownBody {
  readonly bodyId: BodyId
  readonly contentType: string
  readonly bytes: number
  /** To save it under. */
  readonly name: string
}

export interface NotShownProps {
  readonly icon: ReactNode
  readonly title: string
  readonly body: ShownBody
  /** What can be done here, beside downloading. */
  readonly action?: ReactNode
  readonly children: ReactNode
}

export function NotShown({ icon, title, body, action, children }: NotShownProps) {
  return (
    <EmptyState icon={icon} title={title}>
      <p>{children}</p>
      <div className={styles.actions}>
        {action}
        <Button icon={<Download />} onClick={() => void saveBody(body.bodyId, body.name)}>{t`Download`}</Button>
      </div>
    </EmptyState>
  )
}
