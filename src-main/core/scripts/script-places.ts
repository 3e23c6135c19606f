/** Which scripts run for a request, and in which order. */
import type { ScriptPlace } from '#contract/model/checks.ts'
import type { Script } from '#contract/model/script.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import type { CollectionLayers } from '../resolve/collection-layers.ts'
import type { ScriptText } from './script-job.ts'

export type ScriptType = 'before-request' | 'after-response' | 'tests'

/**
 * Before the request: those of the collection, of its folders from the outside in, its own. After the answer the other way
 * round, as Bruno has it where the collection does not say `sequential`.
 */
export function scriptsFor(
  type: ScriptType,
  { scripts }: Pick<RequestDocument, 'scripts'>,
  layers: Pick<CollectionLayers, 'name' | 'scripts' | 'isSequential' | 'folders'>,
): readonly ScriptText[] {
  // Asked three times for each send, of requests that mostly have none.
  if (isEmpty(scripts) && isEmpty(layers.scripts) && layers.folders.every((folder) => isEmpty(folder.scripts))) return NONE
  const outsideIn = [
    ...ofType(type, layers.scripts, { of: layers.name, folderId: null }),
    ...layers.folders.flatMap(({ scripts, name, id }) => ofType(type, scripts, { of: name, folderId: id })),
    ...ofType(type, scripts),
  ]
  return type === 'before-request' || layers.isSequential ? outsideIn : outsideIn.reverse()
}

const NONE: readonly ScriptText[] = []

function isEmpty(scripts: readonly Script[] | undefined): boolean {
  return scripts === undefined || scripts.length === 0
}

function ofType(type: ScriptType, scripts: readonly Script[] = [], place: Omit<ScriptPlace, 'type'> = {}): ScriptText[] {
  const own = scripts.filter((script) => script.type === type && script.code.trim() !== '')
  return own.map(({ code }) => ({ code, from: { type, ...place } }))
}
