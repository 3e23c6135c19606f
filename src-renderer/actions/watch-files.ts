/**
 * Files that the request in front sends may change on disk while it is looked at. They are looked at now and then as long
 * as the window is, and only where there are some; when one has changed, the preview is asked for again.
 */
import type { DraftId } from '#contract/model/ids.ts'
import type { Body } from '#contract/model/request.ts'
import { activeTab, useDraftsStore } from '../stores/drafts-store.ts'
import { readFileFacts } from './file-facts.ts'
import { refreshPreview } from './preview.ts'

const LOOK_EVERY_MS = 2_000

/** Returns what stops it. */
export function watchChosenFiles(): () => void {
  let last: { readonly id: DraftId; readonly body: Body; readonly seen: string } | null = null
  const look = async (): Promise<void> => {
    const tab = activeTab(useDraftsStore.getState())
    const paths = tab && document.visibilityState === 'visible' ? filesOf(tab.draft.document.body) : []
    if (!tab || paths.length === 0) {
      last = null
      return
    }
    const { id, nodeId, document: request } = tab.draft
    const facts = await readFileFacts(paths, nodeId)
    if (facts.length === 0) return
    const seen = JSON.stringify(facts.map(({ version, error }) => [version, error?.kind]))
    // At the first look too: the file may have changed since the preview read it.
    if (last?.id !== id || last.body !== request.body || last.seen !== seen) refreshPreview(id)
    last = { id, body: request.body, seen }
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

/** Paths that are written out: what a variable stands for is core's to know. */
function filesOf(body: Body): readonly string[] {
  const named =
    body.kind === 'file'
      ? [body.path]
      : body.kind === 'multipart'
        ? body.parts.flatMap((part) => (part.kind === 'file' && part.enabled ? part.files : []))
        : []
  return named.filter((path) => path.trim() !== '' && !path.includes('{{'))
}
