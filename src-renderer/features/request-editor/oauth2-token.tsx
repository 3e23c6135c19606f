/** The token that the settings lead to: shown masked, with how long it holds, and what can be done about it. */
import { useEffect, useState } from 'react'
import type { OAuth2Auth } from '#contract/model/auth.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Token } from '#contract/model/token.ts'
import { deleteToken, getToken, readToken, refreshToken, stopToken } from '../../actions/tokens.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { NO_TOKEN, useTokensStore } from '../../stores/tokens-store.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { AuthField } from '../../forms/auth-field.tsx'
import { lifetimeText, toldInSeconds } from './token-lifetime.ts'
import styles from '../../forms/auth.module.css'
import { rich, t } from '../../lib/t.ts'

const CLOCK_MS = 10_000

export function OAuth2Token({ draftId, auth }: { readonly draftId: DraftId; readonly auth: OAuth2Auth }) {
  const { token, doing, signInUrl, error } = useTokensStore((state) => state.byTab[draftId] ?? NO_TOKEN)
  // A preview comes after each edit and each send: the token may then be another one.
  const preview = usePreviewsStore((state) => state.byTab[draftId])
  useEffect(() => void readToken(draftId), [draftId, preview])
  return (
    <section className={styles.token} aria-label={t`Access token`}>
      <h2 className={styles.tokenTitle}>{t`Access token`}</h2>
      {/* By the token: the time that is told of a new one is counted from now, and its text is masked again. */}
      {token ? <TokenFacts key={token.accessToken} token={token} /> : <p className={styles.facts}>{noTokenText(auth)}</p>}
      {signInUrl !== null && (
        <p className={styles.facts} role="status">
          {rich`Waiting for you to sign in. ${(<a className={styles.link} href={signInUrl} target="_blank" rel="noopener noreferrer">{t`Open the sign-in page`}</a>)}`}
        </p>
      )}
      {error && <ProblemNote live kind={error.kind} message={error.message} {...(error.hint !== undefined && { hint: error.hint })} />}
      <div className={styles.tokenButtons}>
        <Button disabled={doing !== 'nothing'} onClick={() => void getToken(draftId)}>
          {doing === 'getting' ? t`Getting a token…` : t`Get new token`}
        </Button>
        <Button disabled={doing !== 'nothing' || !token?.refreshToken} onClick={() => void refreshToken(draftId)}>{t`Refresh`}</Button>
        <Button disabled={doing !== 'nothing' || token === null} onClick={() => void deleteToken(draftId)}>{t`Delete`}</Button>
        {doing !== 'nothing' && <Button variant="ghost" onClick={() => stopToken(draftId)}>{t`Stop waiting`}</Button>}
      </div>
    </section>
  )
}

function noTokenText({ autoFetch }: OAuth2Auth): string {
  return autoFetch ? t`There is none yet; Send gets one first.` : t`There is none yet.`
}

function TokenFacts({ token }: { readonly token: Token }) {
  const now = useClock(token.expiresAt)
  return (
    <>
      <AuthField
        name="accessToken"
        label={t`Token`}
        value={token.accessToken}
        onChange={() => undefined}
        problem={undefined}
        secret
        readOnly
      />
      {token.refreshToken !== null && (
        <AuthField
          name="refreshToken"
          label={t`Refresh token`}
          value={token.refreshToken}
          onChange={() => undefined}
          problem={undefined}
          secret
          readOnly
        />
      )}
      <p className={styles.facts}>
        {lifetimeText(token, now)}
        {token.scope !== null && t` Scope: ${token.scope}.`}
      </p>
    </>
  )
}

/** The time, told often enough for minutes to be right, and for seconds where those are told. */
function useClock(expiresAt: Token['expiresAt']): number {
  const [now, setNow] = useState(() => Date.now())
  const everyMs = expiresAt !== null && toldInSeconds(expiresAt - now) ? 1000 : CLOCK_MS
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
