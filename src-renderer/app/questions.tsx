/** Draws the question that an action waits for. The dialogs are fetched when the first one is asked. */
import { useQuestionsStore } from '../stores/questions-store.ts'
import { Awaiting, nearPart } from '../lib/lazy-part.ts'

const QuestionDialog = nearPart(async () => ({ default: (await import('./question-dialog.tsx')).QuestionDialog }))

export function Questions() {
  const question = useQuestionsStore((state) => state.waiting[0])
  if (!question) return null
  return (
    <Awaiting fallback={null}>
      <QuestionDialog key={question.id} question={question} />
    </Awaiting>
  )
}
