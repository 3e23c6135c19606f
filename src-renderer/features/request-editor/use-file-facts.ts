/** Sizes and types of files that a request names, read again when the window comes back: files change outside it. */
import { useEffect, useState } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { readFileFacts, type FileFact } from '../../actions/file-facts.ts'
import { useDraftsStore } from '../../stores/drafts-store.ts'

/** A path is typed letter by letter; only where it comes to rest is it looked for. */
const SETTLE_MS = 250
const NOTHING: ReadonlyMap<string, FileFact> = new Map()

/** Facts by path; a path not looked at yet is absent. */
export function useFileFacts(id: DraftId, paths: readonly string[]): ReadonlyMap<string, FileFact> {
  const nodeId = useDraftsStore((state) => state.tabs[id]?.draft.nodeId ?? null)
  const [facts, setFacts] = useState(NOTHING)
  // One text stands for the list, so that an equal list is not looked up again. No path holds a NUL.
  const key = [...new Set(paths.filter((path) => path.trim() !== '' && !path.includes('{{')))].join('\0')
  useEffect(() => {
    const abort = new AbortController()
    const wanted = key === '' ? [] : key.split('\0')
    const read = async (): Promise<void> => {
      const found = await readFileFacts(wanted, nodeId, abort.signal)
      if (!abort.signal.aborted) setFacts(new Map(found.map((fact) => [fact.path, fact])))
    }
    const timer = setTimeout(() => void read(), SETTLE_MS)
    const onFocus = (): void => void read()
    window.addEventListener('focus', onFocus)
    return () => {
      abort.abort()
      clearTimeout(timer)
      window.removeEventListener('focus', onFocus)
    }
  }, [key, nodeId])
  return facts
}
