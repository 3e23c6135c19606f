/** Replacing stretches of a text, and what the parts of the patcher tell each other. */
import type { Document } from 'yaml'
import type { Edit } from './yaml-edit.ts'
import type { Value } from './yaml-nodes.ts'
import type { RenderStyle } from './yaml-render.ts'

/** A stretch of the text and what comes in its place. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Where a value stands. */
export interface Slot {
  /** Just after its colon or dash. */
  readonly slotStart: number
  readonly node: Value
  /** Column of its key or dash. */
  readonly parent: number
  /** Column of what would stand on lines of its own below. */
  readonly child: number
  readonly inFlow: boolean
}

export interface PatchContext {
  readonly text: string
  readonly eol: string
  readonly document: Document
  readonly style: RenderStyle
  /** Whether the top keys are set apart by empty lines. */
  readonly spaced: boolean
  /** Brackets stay: text of several lines goes on one line, in quotes. Else it turns them into a block. */
  readonly keepsFlow: boolean
}

/** Edits the value in a slot, whatever it is. */
export type EditSlot = (edit: Edit, slot: Slot, context: PatchContext) => Splice[]

/** The text with its stretches replaced; they must not overlap. Insertions at one place keep their order. */
export function apply(text: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort((one, other) => one.start - other.start || one.end - other.end)
  let result = ''
  let position = 0
  for (const splice of ordered) {
    if (splice.start < position) throw new Error('Two edits of a YAML document overlap.')
    result += text.slice(position, splice.start) + splice.text
    position = splice.end
  }
  return result + text.slice(position)
}
