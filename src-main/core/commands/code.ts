/** A request as code of a language. */
import { generatorOf } from '../codegen/languages.ts'
import type { Handlers } from '../dispatch.ts'
import type { NodeId } from '#contract/model/ids.ts'
import { codeSourceOf } from './code-source.ts'
import { subjectFrom, type Surroundings } from './prepare-for.ts'

export interface CodeDeps extends Surroundings {
  readonly rootOf: (id: NodeId) => string | null
}

export function codeHandlers(deps: CodeDeps): Pick<Handlers, 'code.generate'> {
  return {
    'code.generate': async (input) => {
      const { source, notes } = await codeSourceOf(subjectFrom(input, deps.rootOf), deps, input.secrets, input.save ?? null)
      const generate = await generatorOf(input.language)
      const code = generate(source)
      return { text: code.text, notes: [...code.notes, ...notes], environment: source.placeholders.names() }
    },
  }
}
