/** What an editor is given; kept apart from it so that the lazy chunk is not needed to name the types. */
import type { Ref } from 'react'
import type { CODE_LANGUAGES } from '#contract/model/code-languages.ts'
import type { VariableLookup } from '../ui/variables/variable-lookup.ts'

export type EditorLanguage =
  | 'json'
  | 'xml'
  | 'html'
  | 'css'
  | 'javascript'
  | 'posthaste-script'
  | 'graphql'
  | 'markdown'
  | 'yaml'
  | 'plaintext'
  | (typeof CODE_LANGUAGES)[number]['editor']

/** What can be asked of an editor that is on screen. */
export interface EditorHandle {
  focus: () => void
  /** Open the find box. */
  find: () => void
  /** Show a place, counted from 1, and put the cursor there. False while there is no text yet to go to. */
  goTo: (line: number, column: number) => boolean
}

export interface EditorProps {
  /**
   * Names the model: `owner` or `owner/part`. The same key finds the same cursor, folding and scroll again, until
   * `releaseModels(owner)`.
   */
  readonly modelKey: string
  /** The text as its owner has it. Any line breaks; those that are not edited stay as they are. */
  readonly text: string
  readonly language: EditorLanguage
  /** The accessible name of the text box. */
  readonly label: string
  /** Called with the whole text after each edit. Absent: the text can only be read. */
  readonly onChange?: (text: string) => void
  readonly placeholder?: string
  /** Default true: long lines go on below. */
  readonly wrap?: boolean
  /**
   * Says that a text is right although the language's checker marks it, such as JSON with `{{variables}}` in it. Asked
   * only while there are marks, off the typing path.
   */
  readonly isRight?: (text: string) => boolean
  /** Who knows what a `{{name}}` in the text stands for; absent where none is replaced. */
  readonly variables?: VariableLookup | null
  /** What is wrong with lines of the text, as something other than the language's checker found it. Must keep its identity. */
  readonly marks?: readonly LineMark[]
  readonly ref?: Ref<EditorHandle>
}

/** A place that something is wrong with, counted from 1. */
export interface LineMark {
  readonly line: number
  /** Null: the whole line. */
  readonly column: number | null
  readonly message: string
}

/** Focus and selection of the plain field that stands in until the editor is there. */
export interface HandOver {
  readonly start: number
  readonly end: number
}
