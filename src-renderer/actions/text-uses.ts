/** What a value can be used for that stands at a place of a text of JSON: an assertion of the request, a capture into a variable. */
import { normalizedJsonPath, shortJsonPath } from '#contract/model/json-path.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { queryExpression } from '../lib/answer-expressions.ts'
import { jsonValueAt } from '../lib/json-value-at.ts'
import { notice } from './bodies.ts'
import { isUsable, suggestedVariable } from './match-uses.ts'
import { assertValue, captureValue, type AnswerValue } from './value-uses.ts'
import { t } from '../lib/t.ts'

/** Adds to the request that the answer has the value there. @param offset in UTF-16 units */
export function assertAt(id: DraftId, text: string, offset: number): void {
  const found = valueAt(text, offset)
  if (found !== null) assertValue(id, found)
}

/** Asks for a name, and adds a capture of the value there to the request. */
export async function captureAt(id: DraftId, text: string, offset: number): Promise<void> {
  const found = valueAt(text, offset)
  if (found !== null) await captureValue(id, found)
}

function valueAt(text: string, offset: number): AnswerValue | null {
  const place = jsonValueAt(text, offset)
  if (place === null) {
    notice({ kind: 'Unavailable', stage: 'call', message: t`There is no value at this place of the text.` })
    return null
  }
  const { steps, isOneOfSeveral, value, isText } = place
  if (!isUsable(value.length)) return null
  const short = shortJsonPath(steps)
  const expression = isOneOfSeveral ? queryExpression('jsonpath', normalizedJsonPath(steps)) : `res.body${short.slice(1)}`
  return { expression, value, isText, name: suggestedVariable(short) }
}
