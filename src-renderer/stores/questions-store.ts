/** The question that stands before the window, if any; further ones wait in line. `actions/ask` asks and answers. */
import { create } from 'zustand'
import type { WireError } from '#contract/errors.ts'
import type { Origin } from '#contract/model/origin.ts'
import type { AskedVariable } from '#contract/model/variable.ts'
import type { ParentRef } from '#contract/model/workspace.ts'

export interface SaveAnswer {
  readonly name: string
  readonly parent: ParentRef
}

/** Each kind with the answer it takes; null or `cancel` where the user thought better of it. */
export interface Questions {
  save: { readonly ask: { readonly name: string; readonly parent: ParentRef | null }; readonly answer: SaveAnswer | null }
  /** Tabs with unsaved edits, one or several, are about to be closed. */
  close: { readonly ask: { readonly names: readonly string[] }; readonly answer: 'save' | 'discard' | 'cancel' }
  conflict: {
    readonly ask: { readonly name: string; readonly mine: string; readonly theirs: string; readonly canCopy: boolean }
    readonly answer: 'overwrite' | 'reload' | 'copy' | 'cancel'
  }
  /** A save would put secrets into a file in clear. */
  secretInFile: { readonly ask: { readonly secrets: readonly SecretRef[] }; readonly answer: 'reference' | 'clear' | 'cancel' }
  keepSecret: { readonly ask: KeepSecretQuestion; readonly answer: SecretRef | null }
  /** A text is so long that the window would stand still while the clipboard takes it. `millions` of characters it has, `most` go there. */
  longCopy: { readonly ask: { readonly millions: string; readonly most: string }; readonly answer: 'save' | 'cancel' }
  values: { readonly ask: ValuesQuestion; readonly answer: Readonly<Record<string, string>> | null }
  capture: { readonly ask: CaptureQuestion; readonly answer: boolean }
  text: {
    readonly ask: {
      readonly title: string
      readonly label: string
      readonly value: string
      readonly button: string
      readonly hint?: string
      /** Does what the text is for; returns why it cannot be done, beside which the user may mend the text. */
      readonly attempt?: (text: string) => Promise<WireError | null>
    }
    readonly answer: string | null
  }
}

/** Into which variable a value of an answer goes. */
export interface CaptureQuestion {
  /** A name to begin with. */
  readonly name: string
  readonly expression: string
  /** What it is now, shortened. */
  readonly value: string
  /** Adds the capture; returns why it cannot be, beside which the user may mend the name. */
  readonly attempt: (name: string, scope: string) => Promise<WireError | null>
}

/** A secret variable: its name, and where it is defined. */
export interface SecretRef {
  readonly name: string
  readonly origin: Origin
}

export interface KeepSecretQuestion {
  /** A name to begin with. */
  readonly name: string
  /** Where it can be kept, the first the one to begin with. */
  readonly places: readonly Origin[]
  /** Keeps it; returns why it cannot be, beside which the user may mend what was typed. */
  readonly keep: (kept: SecretRef) => Promise<WireError | null>
}

/** The variables that are asked for at each send, with how to find out what is wrong with an answer. */
export interface ValuesQuestion {
  readonly asks: readonly AskedVariable[]
  /** What is wrong with some of the values, by the variable's name; empty: nothing. */
  readonly check: (values: Readonly<Record<string, string>>) => Promise<Readonly<Record<string, string>>>
}

export type QuestionKind = keyof Questions
export type Question = { readonly [K in QuestionKind]: { readonly kind: K; readonly id: number } & Questions[K]['ask'] }[QuestionKind]

interface QuestionsState {
  readonly waiting: readonly Question[]
  add: (question: Question) => void
  remove: (id: number) => void
}

export const useQuestionsStore = create<QuestionsState>()((set) => ({
  waiting: [],
  add: (question) => set((state) => ({ waiting: [...state.waiting, question] })),
  remove: (id) => set((state) => ({ waiting: state.waiting.filter((question) => question.id !== id) })),
}))
