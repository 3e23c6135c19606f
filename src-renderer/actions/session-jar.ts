/** The cookie jar of a session, which goes by the session's name. */
import type { JarKey } from '#contract/model/cookie.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import { cookieIdOf } from '../lib/jar-label.ts'
import { platform } from './platform-ref.ts'

/** How many cookies a jar holds; null where that cannot be told. */
export async function countCookies(jar: JarKey): Promise<number | null> {
  const listed = await platform().call('cookies.list', { jar })
  return listed.ok ? listed.value.cookies.length : null
}

/** Have the cookies of a renamed session go with it. What cannot be moved stays where it was, and is told of. */
export async function moveJar(collectionId: CollectionId, from: string, to: string): Promise<void> {
  const listed = await platform().call('cookies.list', { jar: { collectionId, session: from } })
  if (!listed.ok) return useAppStore.getState().addNotice(noticeOf(listed.error))
  const { cookies } = listed.value
  if (cookies.length === 0) return
  const put = await platform().call('cookies.restore', { jar: { collectionId, session: to }, cookies })
  if (!put.ok) return useAppStore.getState().addNotice(noticeOf(put.error))
  await platform().call('cookies.remove', { jar: { collectionId, session: from }, cookies: cookies.map(cookieIdOf) })
}
