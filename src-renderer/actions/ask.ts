/** Asking the user something in the middle of an action: the question goes to its store, the answer comes back here. */
import { useQuestionsStore, type Question, type QuestionKind, type Questions } from '../stores/questions-store.ts'

let nextId = 1
const settles = new Map<number, (answer: unknown) => void>()

/** Put a question before the user and wait for the answer. */
export function ask<K extends QuestionKind>(kind: K, question: Questions[K]['ask']): Promise<Questions[K]['answer']> {
  const id = nextId
  nextId += 1
  return new Promise((resolve) => {
    // `answer` below takes only what belongs to the kind of the question with this id.
    settles.set(id, resolve as (answer: unknown) => void)
    useQuestionsStore.getState().add({ kind, id, ...question } as Question)
  })
}

/** Answer a question; it leaves the window. */
export function answer<K extends QuestionKind>(question: { readonly kind: K; readonly id: number }, value: Questions[K]['answer']): void {
  useQuestionsStore.getState().remove(question.id)
  const settle = settles.get(question.id)
  settles.delete(question.id)
  settle?.(value)
}
