/**
 * The views of a body, by name: the tab of each and what it shows. Which of them a body has, and which opens first, is
 * for body-choice.ts. Views that share a component keep its state when one changes between them.
 */
import type { ReactNode } from 'react'
import type { BodyViewName } from './body-choice.ts'
import { BodyPreview } from './body-preview.tsx'
import type { BodyViewProps } from './body-view-props.tsx'
import { HexBody } from './hex-body.tsx'
import { RecordsBody } from './records-body.tsx'
import { TableBody } from './table-body.tsx'
import { TextBody } from './text-body.tsx'
import { TreeView } from './tree-view.tsx'
import { t } from '../../lib/t.ts'

export interface BodyViewKind {
  readonly label: string
  /** Whether it takes up find itself. */
  readonly finds: boolean
  readonly show: (props: BodyViewProps) => ReactNode
}

export const BODY_VIEWS: Readonly<Record<BodyViewName, BodyViewKind>> = {
  events: { label: t`Events`, finds: false, show: (props) => <RecordsBody {...props} /> },
  rows: { label: t`Rows`, finds: false, show: (props) => <RecordsBody {...props} /> },
  messages: { label: t`Messages`, finds: false, show: (props) => <RecordsBody {...props} /> },
  pretty: { label: t`Pretty`, finds: true, show: (props) => <TextBody {...props} format="pretty" /> },
  table: { label: t`Pretty`, finds: false, show: (props) => <TableBody {...props} /> },
  raw: { label: t`Raw`, finds: true, show: (props) => <TextBody {...props} format="raw" /> },
  text: { label: t`Text`, finds: true, show: (props) => <TextBody {...props} format="text" /> },
  tree: { label: t`Tree`, finds: false, show: (props) => <TreeView {...props} /> },
  preview: { label: t`Preview`, finds: false, show: (props) => <BodyPreview {...props} /> },
  hex: {
    label: t`Hex`,
    finds: false,
    show: (props) => <HexBody {...props} />,
  },
}
