/** What a body panel is given: of the answer itself, of a hop, or of a part of a multipart body. */
import type { ReceivedResponse } from '#contract/model/exchange.ts'
import type { PickedView } from './body-choice.ts'
import type { BodyChoice } from './use-body-choice.ts'

export interface BodyPanelProps {
  /** Name of the strip of tabs, where it is not the only one. */
  readonly strip?: string
  readonly method: string
  readonly response: ReceivedResponse
  /** Null until it is known what the body is. */
  readonly choice: BodyChoice | null
  /** The chosen encoding; null finds it out. */
  readonly encoding: string | null
  readonly onPick: (picked: PickedView) => void
  readonly onEncoding: (encoding: string | null) => void
  /** Find is asked for; `onFind` says that it was taken up. */
  readonly wantsFind: boolean
  readonly onFind: () => void
  /** Names the answer: the same while its body arrives and after. */
  readonly streamKey: string
  /** Names the editor's models. */
  readonly modelKey: string
}
