/** What is known of the files a request names: whether they are there, how large, of what type. Read, never opened. */
import type { Output } from '#contract/commands.ts'
import type { NodeId } from '#contract/model/ids.ts'
import { platform } from './platform-ref.ts'

export type FileFact = Output<'files.stat'>['files'][number]

/**
 * Facts about files, in the order asked.
 *
 * @param nodeId the saved request that names them: relative paths count from its collection's root
 * @returns an empty list where the host cannot be asked now
 */
export async function readFileFacts(paths: readonly string[], nodeId: NodeId | null, signal?: AbortSignal): Promise<readonly FileFact[]> {
  if (paths.length === 0) return []
  const answer = await platform().call('files.stat', { paths: [...paths], nodeId }, signal)
  return answer.ok ? answer.value.files : []
}
