/** What every view of a body is given, and the place in the strip of tabs where a view puts its own buttons. */
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { BodyPanelProps } from './body-panel-props.ts'
import type { BodyChoice } from './use-body-choice.ts'

export interface BodyViewProps {
  readonly choice: BodyChoice
  readonly response: ReceivedResponse
  /** The chosen encoding; null finds it out. */
  readonly encoding: string | null
  readonly onEncoding: (encoding: string | null) => void
  /** Find is asked for; `onFind` says that it was taken up. */
  readonly wantsFind: boolean
  readonly onFind: () => void
  /** Names the answer: the same while its body arrives and after. */
  readonly streamKey: string
  /** Names the editor's models. */
  readonly modelKey: string
  /** Name of the strip of tabs: one of its own for each body on the screen. */
  readonly strip: string
  /** Draws another body, of a part say, as this one is drawn. */
  readonly renderBody: (props: BodyPanelProps) => ReactNode
  /** For {@link StripActions}; null until the strip is drawn. */
  readonly actionsAt: HTMLElement | null
}

/** The buttons of a view, at the far end of the strip, which itself stays while views change. */
export function StripActions({ at, children }: { readonly at: HTMLElement | null; readonly children: ReactNode }) {
  return at === null ? null : createPortal(children, at)
}
