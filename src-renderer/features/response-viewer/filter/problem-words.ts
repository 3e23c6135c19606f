/** What is wrong with a filter, and at which of its characters, in a sentence. */
import type { QueryProblem } from '../../../actions/body-query.ts'
import { t } from '../../../lib/t.ts'
import { formatNumber } from '../../../lib/format-number.ts'

export function problemWords({ of, message, position }: QueryProblem): string {
  if (of !== 'expression' || position === null) return sentence(message)
  return t`Character ${formatNumber(position + 1)}: ${message}`
}

function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1)
}
