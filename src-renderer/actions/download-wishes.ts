/**
 * Saving an answer to a file once it is whole. Where the host has dialogs, the place is asked for as soon as the head has
 * said a name, while the body goes on to come; in a browser it is a download of the browser's. One that breaks off and can
 * be gone on with keeps its place.
 */
import type { Exchange, ReceivedResponse } from '#contract/model/exchange.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { ResumePoint } from '#contract/model/resume.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { useDownloadsStore, type DownloadWish } from '../stores/downloads-store.ts'
import { downloadInBrowser, suggestedName } from './bodies.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'

const NEW: DownloadWish = { path: null, isAsking: false, ended: null }

/** The answer of the tab's send is to be saved. */
export function wishDownload(id: DraftId): void {
  useDownloadsStore.getState().set(id, NEW)
}

/** It is not, after all. */
export function forgetWish(id: DraftId): void {
  useDownloadsStore.getState().remove(id)
}

/** The head of an answer has come: if it is one to be saved, the place is asked for. */
export function headForDownload(id: DraftId, head: Pick<ReceivedResponse, 'status' | 'url' | 'headers'>): void {
  const wish = wishOf(id)
  if (!wish || wish.path !== null || wish.isAsking || !isSavable(head.status) || !hasDialogs()) return
  void askForPath(id, suggestedName(head))
}

/** The exchange is over: what is whole is saved. @param resume where it can be gone on with */
export function endForDownload(id: DraftId, exchange: Exchange, resume: ResumePoint | null): void {
  const wish = wishOf(id)
  if (!wish) return
  const { response, error } = exchange
  if (error !== null) {
    // A rest that can still be had goes to the same place.
    if (resume === null) forgetWish(id)
    return
  }
  if (response === null || response.bodyId === null) {
    forgetWish(id)
    return say(t`Nothing was saved: the answer has no body.`)
  }
  if (!isSavable(response.status) && response.resumedFrom === undefined) {
    forgetWish(id)
    return say(t`Nothing was saved: the server answered ${response.status}.`)
  }
  if (wish.isAsking) useDownloadsStore.getState().set(id, { ...wish, ended: exchange })
  else if (wish.path === null && hasDialogs()) {
    useDownloadsStore.getState().set(id, { ...wish, ended: exchange })
    void askForPath(id, suggestedName(response))
  } else void deliver(id, response, wish.path)
}

async function askForPath(id: DraftId, name: string): Promise<void> {
  const before = wishOf(id)
  if (!before) return
  useDownloadsStore.getState().set(id, { ...before, isAsking: true })
  const chosen = await platform().callHost('dialog.saveFile', { title: t`Download`, defaultName: name })
  const wish = wishOf(id)
  if (!wish) return
  if (!chosen.ok) useAppStore.getState().addNotice(noticeOf(chosen.error))
  const path = chosen.ok ? chosen.value.path : null
  if (path === null) return forgetWish(id)
  if (wish.ended?.response) void deliver(id, wish.ended.response, path)
  else useDownloadsStore.getState().set(id, { ...wish, path, isAsking: false })
}

/** @param path null: the browser has its own places */
async function deliver(id: DraftId, response: ReceivedResponse, path: string | null): Promise<void> {
  forgetWish(id)
  if (response.bodyId === null) return
  if (path === null) {
    downloadInBrowser(response.bodyId, suggestedName(response))
    return
  }
  const saved = await platform().call('body.save', { id: response.bodyId, path })
  const app = useAppStore.getState()
  app.addNotice(saved.ok ? { id: `saved:${path}`, tone: 'info', text: t`Saved to ${path}` } : noticeOf(saved.error))
}

function wishOf(id: DraftId): DownloadWish | undefined {
  return useDownloadsStore.getState().byTab[id]
}

function hasDialogs(): boolean {
  return useAppStore.getState().info?.capabilities.dialogs === true
}

/** A redirect, a challenge or an error page is no file that was asked for. */
function isSavable(status: number): boolean {
  return status >= 200 && status < 300
}

function say(text: string): void {
  useAppStore.getState().addNotice({ id: 'download', tone: 'info', text })
}
