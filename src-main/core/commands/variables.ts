/** The variables that a request can use, for completion and for telling what each is. */
import type { NodeId } from '#contract/model/ids.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'
import { DYNAMIC_SAMPLES } from '../resolve/dynamic-samples.ts'
import { resolveVariables } from '../resolve/resolve-variables.ts'
import { scopeSources } from '../resolve/resolve-request.ts'
import { scopesOf } from '../resolve/scopes.ts'
import { resolveInput, subjectFrom, type SubjectInput, type Surroundings } from './prepare-for.ts'

type VariablesCommand = `variables.${'list' | 'dynamic'}`

export interface VariablesDeps extends Surroundings {
  readonly rootOf: (id: NodeId) => string | null
}

export function variablesHandlers(deps: VariablesDeps): Pick<Handlers, VariablesCommand> {
  return {
    'variables.list': async (input) => ({ variables: [...(await inScope(input, deps))] }),
    'variables.dynamic': async () => ({ values: Object.entries(DYNAMIC_SAMPLES).map(([name, example]) => ({ name, example })) }),
  }
}

/** Of each name that any scope defines the one that wins. An environment that cannot be had is passed over. */
async function inScope(input: SubjectInput, deps: VariablesDeps): Promise<Awaited<ReturnType<typeof resolveVariables>>['found']> {
  const subject = subjectFrom(input, deps.rootOf)
  const resolve = await resolveInput(subject, deps)
  try {
    const scopes = scopesOf(await scopeSources(resolve))
    const names = scopes.flatMap(({ variables }) => variables.flatMap(({ name, enabled }) => (enabled && name !== '' ? [name] : [])))
    const { found } = await resolveVariables(
      names.map((name) => `{{${name}}}`),
      { ...resolve, scopes },
    )
    return found
  } catch (error) {
    if (!(error instanceof CoreError) || subject.choice.environment === null || !input.context) throw error
    return inScope({ ...input, context: { ...input.context, environment: null } }, deps)
  }
}
