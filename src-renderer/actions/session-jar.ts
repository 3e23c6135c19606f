/** The cookie jar of a session, as far as its page tells of it. */
import type { JarKey } from '#contract/model/cookie.ts'
import { platform } from './platform-ref.ts'

/** How many cookies a jar holds; null where that cannot be told. */
export async function countCookies(jar: JarKey): Promise<number | null> {
  const listed = await platform().call('cookies.list', { jar })
  return listed.ok ? listed.value.cookies.length : null
}
