/** One request of several that are code in one file, and the file that they come to. */
import type { AnswerValue } from '../checks/answer-value.ts'
import type { CodeNote, CodeSource } from './code-source.ts'

/** A value that is taken out of an answer. */
export interface ScriptCapture {
  /** The variable, in the text that stands for it. */
  readonly variable: string
  readonly value: AnswerValue
}

export interface ScriptRequest {
  /** Its name, with the folders that it is in. */
  readonly title: string
  /** Null: no code can be made of it, for this reason. */
  readonly source: CodeSource | null
  readonly why: string
  /** Name of the session that it goes with: those of one share their cookies. */
  readonly session: string
  readonly captures: readonly ScriptCapture[]
}

export interface ScriptNote extends CodeNote {
  /** The title of what it is about. */
  readonly where: string
}

export interface ScriptCode {
  /** Ends with a line break. */
  readonly text: string
  readonly notes: readonly ScriptNote[]
}

/** A text that is one line of a comment in every language: nothing in it ends that, or turns it round. */
export function commentText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
}
