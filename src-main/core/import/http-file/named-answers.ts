/** Request variables of VS Code's dialect: `{{login.response.body.$.token}}` is a value of the answer to the request of that name. */
import type { Capture } from '#contract/model/capture.ts'
import { addCapture, answerExpression, capturedWords, captureName } from '../collection-parts/captures.ts'
import type { Notes } from '../notes.ts'

export interface NamedAnswers {
  /** The variable that a reference stands for; null where it is none to an answer. */
  readonly variableOf: (reference: string, say: Notes['add']) => string | null
  readonly capturesOf: (request: string) => readonly Capture[]
}

const REFERENCE = /^([\w-]+)\.response\.(body|headers)\.(.+)$/

/** @param names of all requests that have one */
export function createNamedAnswers(names: Iterable<string>): NamedAnswers {
  const captures = new Map([...names].map((name): [string, Capture[]] => [name, []]))
  return {
    variableOf: (reference, say) => {
      const [, request = '', part = '', path = ''] = REFERENCE.exec(reference) ?? []
      const own = captures.get(request)
      const expression = answerExpression(part, path)
      if (!own || expression === null) return null
      const name = addCapture(own, captureName(request, part, path), expression)
      say('changed', capturedWords(name, request, expression))
      return name
    },
    capturesOf: (request) => captures.get(request) ?? [],
  }
}
