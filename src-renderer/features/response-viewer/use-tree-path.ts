/** The path of the selected node: of JSON written here, of XML asked for, since it needs what stands beside the node. */
import { useEffect, useState } from 'react'
import { readPath, type BodyTree } from '../../actions/body-tree.ts'
import type { TreeRow } from './tree-model.ts'
import { pathWords, startsTo, stepsTo, type PathWords } from './tree-words.ts'

/** Moving on within this time asks for nothing, in milliseconds. */
const RESTING_MS = 60

/** Null where there is none, or not yet. */
export function useTreePath({ format, treeId }: BodyTree, at: TreeRow | null): PathWords | null {
  const starts = format === 'json' || at === null ? null : startsTo(at, at.node)
  const key = starts === null ? null : starts.join('/')
  const [found, setFound] = useState<{ readonly key: string; readonly path: string | null } | null>(null)
  useEffect(() => {
    if (key === null) return
    const abort = new AbortController()
    const timer = setTimeout(() => {
      const asked = key === '' ? [] : key.split('/').map(Number)
      void readPath(treeId, asked, abort.signal).then((read) => {
        if (!abort.signal.aborted) setFound({ key, path: read.ok ? read.value : null })
      })
    }, RESTING_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [treeId, key])
  if (at === null) return null
  if (format === 'json') {
    const steps = stepsTo(at, at.node)
    return steps && pathWords(steps)
  }
  return found !== null && found.key === key && found.path !== null ? { short: found.path, normalized: found.path } : null
}

/** Of XML, asked for at once; null where there is none, and for JSON. */
export async function xPathAt({ format, treeId }: BodyTree, at: TreeRow): Promise<string | null> {
  const starts = format === 'json' ? null : startsTo(at, at.node)
  if (starts === null) return null
  const read = await readPath(treeId, starts, new AbortController().signal)
  return read.ok ? read.value : null
}
