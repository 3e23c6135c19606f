/** Cookie jars as commands. What they answer is written to disk before it is told, so that a crash takes nothing back. */
import type { JarKey } from '#contract/model/cookie.ts'
import type { Handlers } from '../dispatch.ts'
import { hostOf } from '../jars/check-cookie.ts'
import { writeCookiesJson } from '../jars/cookies-json.ts'
import { writeCookiesTxt } from '../jars/cookies-txt.ts'
import { cookiesForHost, importCookies, removeCookies, restoreCookies, setCookie } from '../jars/edit-jar.ts'
import type { Jars } from '../jars/jars.ts'
import { CoreError } from '../lib/core-error.ts'
import { rulesOf } from '../prepare/behaviour.ts'
import { cookieIdOf, isAlive, keptCookie } from '../send/cookie-facts.ts'
import type { CookieBox } from '../send/cookie-jar.ts'
import { isOfSite, whyNotSent } from '../send/cookie-reach.ts'

type CookieHandlers = Pick<Handlers, Extract<keyof Handlers, `cookies.${string}`>>

export function cookieHandlers(jars: Jars): CookieHandlers {
  const boxOf = async (key: JarKey): Promise<CookieBox> => (await jars.jar(key)).cookies
  /** Changes a jar and waits until that is on disk. */
  const change = async <T>(key: JarKey, work: (jar: CookieBox) => T): Promise<T> => {
    const jar = await jars.jar(key)
    const result = work(jar.cookies)
    await jar.flush()
    return result
  }
  return {
    'cookies.jars': async () => ({ jars: [...(await jars.list())] }),
    'cookies.list': async ({ jar, domain, host }) => {
      const wanted = domain?.trim().toLowerCase() ?? ''
      const cookies = cookiesForHost(await boxOf(jar), host === undefined ? null : knownHost(host))
      return { cookies: cookies.filter((cookie) => isAlive(cookie) && (cookie.domain ?? '').includes(wanted)).map(keptCookie) }
    },
    'cookies.set': ({ jar, cookie, replaces }) => change(jar, (box) => setCookie(box, cookie, replaces)),
    'cookies.remove': ({ jar, cookies }) => change(jar, (box) => ({ removed: removeCookies(box, cookies) })),
    'cookies.clear': async ({ jar, host }) => {
      const of = host === null ? null : knownHost(host)
      return change(jar, (box) => ({ removed: removeCookies(box, cookiesForHost(box, of).map(cookieIdOf)) }))
    },
    'cookies.restore': ({ jar, cookies }) => change(jar, (box) => ({ restored: restoreCookies(box, cookies) })),
    'cookies.import': ({ jar, text }) => change(jar, (box) => importCookies(box, text)),
    'cookies.export': async ({ jar, format }) => {
      const cookies = (await boxOf(jar)).list()
      if (format === 'json') return { text: writeCookiesJson(cookies), count: cookies.length, leftOut: [] }
      const { text, leftOut } = writeCookiesTxt(cookies)
      return { text, count: cookies.length - leftOut.length, leftOut: [...leftOut] }
    },
    'cookies.forUrl': async ({ jar, url, behaviour }) => {
      if (!URL.canParse(url) || !/^https?:/i.test(url)) return { cookies: [] }
      const rules = rulesOf(behaviour === undefined ? {} : { behaviour }).cookies
      const box = await boxOf(jar)
      const sent = box.sentTo(url, rules)
      const others = box.all().filter((cookie) => !sent.includes(cookie) && isOfSite(cookie, new URL(url).hostname))
      return {
        cookies: [
          ...sent.map((cookie) => ({ cookie: keptCookie(cookie), isSent: true, reason: null })),
          ...others.map((cookie) => ({ cookie: keptCookie(cookie), isSent: false, reason: whyNotSent(cookie, url, rules) })),
        ],
      }
    },
  }
}

/** @throws {CoreError} `InvalidCall` for what is no host */
function knownHost(text: string): string {
  const host = hostOf(text)
  if (host === null) throw new CoreError('InvalidCall', 'call', `“${text.slice(0, 100)}” is no host.`)
  return host
}
