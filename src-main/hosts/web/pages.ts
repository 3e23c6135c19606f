/** The few pages the web host writes itself: plain, without script, for a browser that is not let in or asks for what is not there. */
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

type PageIn = Readonly<Record<Language, Page>> & { readonly status: number }

const PAGES = {
  unknownBrowser: {
    status: 401,
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
  },
  otherAddress: {
    status: 421,
    en: {
      title: 'This is not the address of Posthaste',
      text: 'Use the one it printed: it begins with <code>http://127.0.0.1:</code>. Where a port is forwarded, it needs the same number on both sides.',
    },
    'zh-CN': {
      title: '这不是 Posthaste 的地址',
      text: '请使用它输出的地址，以 <code>http://127.0.0.1:</code> 开头。转发端口时，两端的端口号必须相同。',
    },
  },
  foreignPage: {
    status: 403,
    en: { title: 'Refused', text: 'Another page may lead to Posthaste, but not use it.' },
    'zh-CN': { title: '已拒绝', text: '其他网页可以链接到 Posthaste，但不能使用它。' },
  },
  malformed: {
    status: 400,
    en: { title: 'Bad request', text: 'The address is malformed.' },
    'zh-CN': { title: '请求有误', text: '地址格式不正确。' },
  },
  foreignUpload: {
    status: 403,
    en: { title: 'Refused', text: 'Only the window of Posthaste itself may upload.' },
    'zh-CN': { title: '已拒绝', text: '只有 Posthaste 自己的窗口可以上传。' },
  },
  noBody: {
    status: 404,
    en: { title: 'Not found', text: 'This body is no longer kept. Send the request again.' },
    'zh-CN': { title: '未找到', text: '此正文已不再保留。请重新发送请求。' },
  },
  noPage: {
    status: 404,
    en: { title: 'Not found', text: 'Posthaste has no such page. <a href="/">Open Posthaste</a>' },
    'zh-CN': { title: '未找到', text: 'Posthaste 没有此页面。<a href="/">打开 Posthaste</a>' },
  },
  notBuilt: {
    status: 503,
    en: { title: 'Not found', text: 'The window is not built yet: run <code>npm run build</code>.' },
    'zh-CN': { title: '未找到', text: '窗口尚未构建：请运行 <code>npm run build</code>。' },
  },
  welcome: {
    status: 200,
    en: { title: 'Posthaste', text: '<a href="/">Open Posthaste</a>' },
    'zh-CN': { title: 'Posthaste', text: '<a href="/">打开 Posthaste</a>' },
  },
} as const satisfies Readonly<Record<string, PageIn>>

/** Answers with a short page of plain words, in the language that the browser asks for. */
export function answerPage(request: IncomingMessage, response: ServerResponse, name: keyof typeof PAGES): void {
  writePage(request, response, PAGES[name], '', {})
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
  writePage(request, response, PAGES.welcome, '<meta http-equiv="refresh" content="0;url=/">', { 'set-cookie': setCookie })
}

/** @param head more elements of the head, as HTML */
function writePage(request: IncomingMessage, response: ServerResponse, pages: PageIn, head: string, more: Record<string, string>): void {
  const language = acceptedLanguage(request.headers['accept-language'])
  const { title, text } = pages[language]
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
  response.writeHead(pages.status, headers).end(page)
}
