/** An exchange handed on as an HTTP Archive. */
import type { Exchange } from '#contract/model/exchange.ts'
import { useAppStore } from '../stores/app-store.ts'
import { copyToClipboard, notice, saveBody } from './bodies.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'

/**
 * Puts the exchange on the clipboard as a HAR file's text.
 *
 * @param secrets texts to hide wherever they stand
 * @param reveal hides nothing, neither credentials nor cookies
 */
export async function copyAsHar(exchange: Exchange, secrets: readonly string[], reveal: boolean): Promise<void> {
  const made = await platform().call('exchange.har', { exchange, secrets: [...secrets], reveal })
  if (!made.ok) return notice(made.error)
  if (!(await copyToClipboard(made.value.text))) return
  const text = reveal
    ? t`Copied as HAR, with credentials and cookies as they were sent`
    : t`Copied as HAR; credentials and cookies are hidden in it`
  useAppStore.getState().addNotice({ id: 'har:copied', tone: 'info', text })
}

/** Saves the exchange as a HAR file under a name the user picks; what is hidden as in {@link copyAsHar}. */
export async function saveAsHar(exchange: Exchange, secrets: readonly string[], reveal: boolean): Promise<void> {
  const made = await platform().call('exchange.har', { exchange, secrets: [...secrets], reveal, keep: true })
  if (!made.ok) return notice(made.error)
  const { bodyId } = made.value
  if (bodyId !== undefined) await saveBody(bodyId, `${hostOf(exchange)}.har`)
}

/** Fit for the name of a file. */
function hostOf({ request }: Exchange): string {
  const url = request?.url ?? ''
  return URL.canParse(url) ? new URL(url).hostname.replaceAll(/[^\w.-]/g, '') || 'exchange' : 'exchange'
}
