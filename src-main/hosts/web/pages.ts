/** The few pages the web host writes itself: plain, without script, for a browser that is not let in. */
import type { ServerResponse } from 'node:http'
import { COMMON_HEADERS } from '../shell/content-security-policy.ts'

/** Answers with a short page of plain words. */
export function answerPage(response: ServerResponse, status: number, title: string, text: string): void {
  const page =
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>` +
    `<meta name="viewport" content="width=device-width"><h1>${title}</h1><p>${text}</p>\n`
  writePage(response, status, page, {})
}

export function answerUnauthorized(response: ServerResponse): void {
  const text =
    'Open the whole address that Posthaste printed when it started, with <code>?token=</code> and what follows it. ' +
    'If Posthaste was started again since, it printed a new one.'
  answerPage(response, 401, 'Posthaste does not know this browser yet', text)
}

/**
 * Lets the browser in and sends it to the page. A `SameSite=Strict` cookie does not follow a redirect that began on
 * another site (a link in a web mail or a web terminal), so then a page of our own leads on.
 */
export function answerWelcome(response: ServerResponse, setCookie: string, fromOtherSite: boolean): void {
  if (!fromOtherSite) {
    response.writeHead(303, { ...COMMON_HEADERS, location: '/', 'set-cookie': setCookie, 'cache-control': 'no-store' }).end()
    return
  }
  const page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Posthaste</title><meta http-equiv="refresh" content="0;url=/">'
  writePage(response, 200, `${page}<p><a href="/">Open Posthaste</a></p>\n`, { 'set-cookie': setCookie })
}

function writePage(response: ServerResponse, status: number, page: string, more: Record<string, string>): void {
  const headers = {
    ...COMMON_HEADERS,
    ...more,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(Buffer.byteLength(page)),
    'cache-control': 'no-store',
  }
  response.writeHead(status, headers).end(page)
}
