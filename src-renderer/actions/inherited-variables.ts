/** What an environment has from elsewhere, asked of core: the variables that requests would have with it. */
import { newRequestDocument } from '#contract/model/request-defaults.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import type { FoundVariable } from '#contract/model/variable.ts'
import { platform } from './platform-ref.ts'

/** Nothing random is shown of it, so any will do. */
const SEED = 'inherited-variables'

/**
 * Variables that hold with an environment and are not its own.
 *
 * @param environment as its file says; null: those of the collection alone
 * @param own the environment whose own are left out
 */
export async function inheritedVariables(
  collectionId: CollectionId,
  environment: string | null,
  own: string | null,
): Promise<readonly FoundVariable[]> {
  const listed = await platform().call('variables.list', {
    document: newRequestDocument(),
    nodeId: null,
    seed: SEED,
    context: { collectionId, environment, session: null },
  })
  // What is wrong with an environment stands beside its fields, and in the preview of requests.
  if (!listed.ok) return []
  return listed.value.variables.filter(({ origin }) => {
    if (origin.layer === 'environment') return origin.name !== own
    return origin.layer === 'dotenv' || origin.layer === 'collection'
  })
}
