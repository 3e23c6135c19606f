/** A place in a script of the shown answer: the way there, where the answer is of an open request. */
import { use } from 'react'
import { goToScript } from '../../actions/script-places.ts'
import { ScriptLine, type ScriptLineProps } from '../../forms/script-line.tsx'
import { UsedIn } from './used-in.ts'

export function AnswerScriptLine(props: Omit<ScriptLineProps, 'onGo'>) {
  const draftId = use(UsedIn)
  return <ScriptLine {...props} onGo={draftId && ((from, line, column) => void goToScript(draftId, from, line, column))} />
}
