/** The few pages the web host writes itself: plain, without script, for a browser that is not let in. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Language } from '#contract/model/language.ts'
import { acceptedLanguage } from '#contract/model/preferred-language.ts'
import { COMMON_HEADERS } from '../shell/content-security-policy.ts'

const STYLE = 'body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32rem;padding:0 1rem}h1{font-size:1.25rem}'

interface Page {
  readonly title: string
  /** As HTML. */
  readonly text: string
}

const UNKNOWN_BROWSER: Readonly<Record<Language, Page>> = {
  en: {
    title: 'Posthaste does not know this browser yet',
    text:
      'Open the whole address that Posthaste printed when it started, with <code>?token=</code> and what follows it. ' +
      'If Posthaste was started again since, it printed a new one.',
  },
  'zh-CN': {
    title: 'Posthaste 还不认识此浏览器',
    text: '请打开 Posthaste 启动时输出的完整地址，包括 <code>?token=</code> 及其后的内容。如果此后重新启动过 Posthaste，它输出的是新的地址。',
  },
}
const WELCOME: Readonly<Record<Language, string>> = { en: 'Open Posthaste', 'zh-CN': '打开 Posthaste' }

/** Answers with a short page of plain words, in English: for whoever looks into a program that asks, not for a reader. */
export function answerPage(response: ServerResponse, status: number, title: string, text: string): void {
  writePage(response, status, 'en', { title, text }, '', {})
}

export function answerUnauthorized(request: IncomingMessage, response: ServerResponse): void {
  const language = acceptedLanguage(request.headers['accept-language'])
  writePage(response, 401, language, UNKNOWN_BROWSER[language], '', {})
}

/**
 * Lets the browser in and sends it to the page. A `SameSite=Strict` cookie does not follow a redirect that began on
 * another site (a link in a web mail or a web terminal), so then a page of our own leads on.
 */
export function answerWelcome(request: IncomingMessage, response: ServerResponse, setCookie: string): void {
  if (request.headers['sec-fetch-site'] !== 'cross-site') {
    response.writeHead(303, { ...COMMON_HEADERS, location: '/', 'set-cookie': setCookie, 'cache-control': 'no-store' }).end()
    return
  }
  const language = acceptedLanguage(request.headers['accept-language'])
  const page = { title: 'Posthaste', text: `<a href="/">${WELCOME[language]}</a>` }
  writePage(response, 200, language, page, '<meta http-equiv="refresh" content="0;url=/">', { 'set-cookie': setCookie })
}

/** @param head more elements of the head, as HTML */
function writePage(
  response: ServerResponse,
  status: number,
  language: Language,
  { title, text }: Page,
  head: string,
  more: Record<string, string>,
): void {
  const page =
    `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${title}</title>` +
    `<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">${head}` +
    `<style>${STYLE}</style><h1>${title}</h1><p>${text}</p>\n`
  const headers = {
    ...COMMON_HEADERS,
    ...more,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(page)),
    'cache-control': 'no-store',
    vary: 'Accept-Language',
  }
  response.writeHead(status, headers).end(page)
}
