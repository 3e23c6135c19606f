/** Why a body is not shown here, with the way to have it anyway. */
import Download from 'lucide-react/icons/download'
import type { ReactNode } from 'react'
import type { BodyId } from '#contract/model/ids.ts'
import { saveBody } from '../../actions/bodies.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
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
  readonly children: ReactNode
}

export function NotShown({ icon, title, body, children }: NotShownProps) {
  return (
    <EmptyState icon={icon} title={title}>
      <p>{children}</p>
      <Button icon={<Download />} onClick={() => void saveBody(body.bodyId, body.name)}>{t`Download`}</Button>
    </EmptyState>
  )
}
