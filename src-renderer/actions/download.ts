/** Sending with the answer saved to a file, and going on with one that broke off. */
import type { DraftId } from '#contract/model/ids.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import { useDownloadsStore } from '../stores/downloads-store.ts'
import { forgetWish, headForDownload, wishDownload } from './download-wishes.ts'
import { exchangeOf, useExchangesStore } from '../stores/exchanges-store.ts'
import { send } from './send.ts'

/** Send the tab's request and save its answer once it is whole. */
export function sendAndDownload(id: DraftId): void {
  wishDownload(id)
  void send(id, undefined, { keepsWish: true })
}

/** Save the answer that is on its way, or with a second call not. */
export function toggleDownload(id: DraftId): void {
  if (useDownloadsStore.getState().byTab[id]) return forgetWish(id)
  const head = exchangeOf(id)(useExchangesStore.getState()).sending?.head
  if (!head) return
  wishDownload(id)
  headForDownload(id, head)
}

/** Ask for the rest of an answer that broke off. */
export function resumeSend(id: DraftId, resume: ResumePoint): void {
  void send(id, undefined, { keepsWish: true, resume })
}
