/** Getting, refreshing and deleting the OAuth 2.0 token of a tab's settings. Core does it; here it is asked for and shown. */
import type { Input } from '#contract/commands.ts'
import type { WireError } from '#contract/errors.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Result } from '#contract/result.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useTokensStore } from '../stores/tokens-store.ts'
import { contextOf } from './context.ts'
import { platform } from './platform-ref.ts'
import { refreshPreview, seedOf } from './preview.ts'

const underWay = new Map<DraftId, AbortController>()

/** Ask what token there is; a problem of the settings shows at their fields, not here. */
export async function readToken(id: DraftId): Promise<void> {
  const subject = subjectOf(id)
  if (!subject) return
  const status = await platform().call('oauth2.status', subject)
  if (useDraftsStore.getState().tabs[id]?.draft.document.auth !== subject.document.auth) return
  useTokensStore.getState().change(id, { token: status.ok ? status.value.token : null })
}

/** Get a new token; where the user has to sign in, that page is opened and waited for. */
export async function getToken(id: DraftId): Promise<void> {
  await work(id, 'getting', async (subject, signal) => {
    const begun = await platform().call('oauth2.get', subject, signal)
    if (!begun.ok || begun.value.kind === 'token') return begun
    openSignIn(id, begun.value.url)
    return platform().call('oauth2.finish', { attemptId: begun.value.attemptId }, signal)
  })
}

export async function refreshToken(id: DraftId): Promise<void> {
  await work(id, 'refreshing', (subject, signal) => platform().call('oauth2.refresh', subject, signal))
}

export async function deleteToken(id: DraftId): Promise<void> {
  const subject = subjectOf(id)
  if (!subject) return
  const deleted = await platform().call('oauth2.delete', subject)
  useTokensStore.getState().change(id, deleted.ok ? { token: null, error: null } : { error: deleted.error })
  refreshPreview(id)
}

/** Give up what is under way. */
export function stopToken(id: DraftId): void {
  underWay.get(id)?.abort()
}

/**
 * Show the page at which the user signs in: in a new tab, or in the system's browser. A browser may refuse to open what
 * was not just clicked, so the address stays in the window as a link until the sign-in is over.
 */
export function openSignIn(id: DraftId, url: string): void {
  useTokensStore.getState().change(id, { signInUrl: url })
  window.open(url, '_blank', 'noopener,noreferrer')
}

/** The sign-in that a send waited for is over. */
export function signInOver(id: DraftId): void {
  if (underWay.has(id) || !useTokensStore.getState().byTab[id]?.signInUrl) return
  useTokensStore.getState().change(id, { signInUrl: null })
}

/** Forget a closed tab. */
export function forgetToken(id: DraftId): void {
  stopToken(id)
  useTokensStore.getState().remove(id)
}

async function work(
  id: DraftId,
  doing: 'getting' | 'refreshing',
  ask: (subject: Input<'oauth2.get'>, signal: AbortSignal) => Promise<Result<unknown, WireError>>,
): Promise<void> {
  const subject = subjectOf(id)
  if (!subject) return
  stopToken(id)
  const controller = new AbortController()
  underWay.set(id, controller)
  const { change } = useTokensStore.getState()
  change(id, { doing, error: null, signInUrl: null })
  const done = await ask(subject, controller.signal)
  if (underWay.get(id) !== controller) return
  underWay.delete(id)
  const isCancelled = !done.ok && done.error.kind === 'Cancelled'
  change(id, { doing: 'nothing', signInUrl: null, error: done.ok || isCancelled ? null : done.error })
  await readToken(id)
  refreshPreview(id)
}

function subjectOf(id: DraftId): Input<'oauth2.get'> | null {
  const draft = useDraftsStore.getState().tabs[id]?.draft
  if (draft?.document.auth.kind !== 'oauth2') return null
  return { document: draft.document, nodeId: draft.nodeId, seed: seedOf(id), context: contextOf(draft) }
}
