/**
 * A session that gets the name of an earlier one does not get its cookies: core puts them aside. Here that is said, and they
 * are offered, for whoever meant the same session.
 */
import type { CollectionId } from '#contract/model/ids.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'

/** @param removal by which the cookies come back; null: none were left behind */
export function tellOfLeftCookies(collectionId: CollectionId, session: string, removal: string | null): void {
  if (removal === null) return
  useAppStore.getState().addNotice({
    id: `left-cookies:${removal}`,
    tone: 'info',
    text: t`An earlier session “${session}” left cookies. They were put aside: this one goes without them.`,
    action: { label: t`Use them`, run: () => void takeOver(collectionId, removal) },
  })
}

/** Saves the sessions as they are, with the cookies that were put aside. */
async function takeOver(collectionId: CollectionId, removal: string): Promise<void> {
  const listed = await platform().call('session.list', { collectionId })
  if (!listed.ok) return useAppStore.getState().addNotice(noticeOf(listed.error))
  const { sessions, revision } = listed.value
  const saved = await platform().call('session.save', {
    collectionId,
    sessions,
    revision,
    renamed: [],
    restore: removal,
    // Nothing comes into the file that does not stand there.
    allowSecrets: true,
  })
  if (!saved.ok) useAppStore.getState().addNotice(noticeOf(saved.error))
}
