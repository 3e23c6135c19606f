/** A request as code of a language. */
import type { Handlers } from '../dispatch.ts'
import type { NodeId } from '#contract/model/ids.ts'
import { subjectFrom, type Surroundings } from './prepare-for.ts'
import { codeOfRequest } from './request-code.ts'

export interface CodeDeps extends Surroundings {
  readonly rootOf: (id: NodeId) => string | null
}

export function codeHandlers(deps: CodeDeps): Pick<Handlers, 'code.generate'> {
  return {
    'code.generate': async (input) => {
      const { text, notes, environment } = await codeOfRequest(subjectFrom(input, deps.rootOf), deps, input)
      return { text, notes: [...notes], environment: [...environment] }
    },
  }
}
