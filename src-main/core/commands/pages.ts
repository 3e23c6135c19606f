/**
 * Going through the pages of an answer: each names the next in its `Link` header, and the same request is sent there, as
 * any other is: with its session, and an entry in the history. It ends at the last page, at as many as were asked for,
 * where pages begin to repeat, and where the next one is not the same server's to give.
 */
import type { ParsedInput } from '#contract/commands.ts'
import type { EventPayload } from '#contract/events.ts'
import type { Exchange, ReceivedResponse } from '#contract/model/exchange.ts'
import type { NodeId } from '#contract/model/ids.ts'
import { linkTo, parseLinks } from '#contract/model/link-header.ts'
import { atPage, mayPage } from '#contract/model/next-page.ts'
import type { Page, Pages, PagesEnd } from '#contract/model/pages.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { mergePages } from '../bodies/merge-pages.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'
import type { Exchanges } from './exchange.ts'
import { subjectFrom, type SubjectInput } from './prepare-for.ts'

export interface PagesDeps {
  readonly exchanges: Pick<Exchanges, 'sendOnce'>
  /** What the address of a request comes to; empty where it comes to none. */
  readonly urlOf: (input: SubjectInput) => Promise<string>
  readonly bodies: Pick<BodyStore, 'stream' | 'write'>
  readonly rootOf: (id: NodeId) => string | null
  readonly emit: (progress: EventPayload<'pages.progressed'>) => void
}

type Asked = ParsedInput<'pages.collect'>

/** The handlers of `pages.collect` and `pages.stop`. */
export function pagesHandlers(deps: PagesDeps): Pick<Handlers, 'pages.collect' | 'pages.stop'> {
  const running = new Map<string, AbortController>()
  return {
    'pages.collect': async (asked, { signal }) => {
      if (!mayPage(asked.document.method)) throw notSafe(asked.document.method)
      const stop = new AbortController()
      running.set(asked.pagesId, stop)
      try {
        return await collected(asked, deps, { stop: AbortSignal.any([stop.signal, signal]), signal })
      } finally {
        running.delete(asked.pagesId)
      }
    },
    'pages.stop': async ({ pagesId }) => {
      running.get(pagesId)?.abort()
      return {}
    },
  }
}

interface Signals {
  /** A person has enough, or nobody waits any more. */
  readonly stop: AbortSignal
  /** Nobody waits for the answer any more. */
  readonly signal: AbortSignal
}

async function collected(asked: Asked, deps: PagesDeps, { stop, signal }: Signals): Promise<Pages> {
  const responses = [asked.first]
  const pages: Page[] = [pageOf(asked.first, null)]
  const end = await walked(asked, deps, stop, (exchange, response) => {
    const page = pageOf(response, exchange)
    responses.push(response)
    pages.push(page)
    deps.emit({ pagesId: asked.pagesId, page, number: pages.length })
  })
  const bodies = responses.map(({ bodyId, encoding, headers }) => ({ bodyId, encoding, contentType: headerOf(headers, 'content-type') }))
  return { pages, end, merged: await mergePages(bodies, deps.bodies, signal) }
}

/** Sends for one page after the other. @returns why it came to an end */
async function walked(
  asked: Asked,
  { exchanges, rootOf, urlOf }: PagesDeps,
  stop: AbortSignal,
  onPage: (exchange: Exchange, response: ReceivedResponse) => void,
): Promise<PagesEnd> {
  const subject = subjectFrom(asked, rootOf)
  // An answer may have come by a redirect to where the credentials of the request are not to go.
  const own = await urlOf(asked)
  const origin = URL.canParse(own) ? new URL(own).origin : null
  const seen = new Set([addressOf(asked.first.url)])
  let last = asked.first
  for (let number = 2; ; number += 1) {
    const next = nextOf(last)
    if (next === null) return { kind: 'last', message: 'The last page has come: it names no next one.' }
    if (number > asked.limit) return { kind: 'limit', message: `That was as many as were asked for; there is a page ${number}.` }
    if (stop.aborted) return STOPPED
    if (next.origin !== origin) {
      return { kind: 'elsewhere', message: `Page ${number} is at ${next.origin}, not where the request goes: nothing was sent there.` }
    }
    if (seen.has(addressOf(next.href))) return { kind: 'loop', message: `Page ${number} would be one that was there before: ${next.href}` }
    seen.add(addressOf(next.href))
    const { exchange } = await exchanges.sendOnce({ ...subject, document: atPage(asked.document, next.href, null), signal: stop })
    const { response, error } = exchange
    if (stop.aborted) return STOPPED
    if (response === null || error !== null) return { kind: 'failed', message: `Page ${number}: ${error?.message ?? 'no answer came.'}` }
    if (response.status >= 300) return { kind: 'failed', message: `Page ${number} answered ${response.status} ${response.reason}`.trim() }
    if (response.bodyId !== null && response.bodyId === last.bodyId) {
      return { kind: 'loop', message: `Page ${number} is the same as page ${number - 1}, byte for byte.` }
    }
    onPage(exchange, response)
    last = response
  }
}

const STOPPED: PagesEnd = { kind: 'stopped', message: 'Stopped.' }

/** What the answer names as its next page; null where it names none that can be asked for. */
function nextOf({ url, headers }: ReceivedResponse): URL | null {
  const links = parseLinks(headers.flatMap(([name, value]) => (name.toLowerCase() === 'link' ? [value] : [])))
  const target = linkTo(links, 'next')
  return target !== null && URL.canParse(target, url) ? new URL(target, url) : null
}

function pageOf({ url, status, bodyBytes }: ReceivedResponse, exchange: Exchange | null): Page {
  return { url, status, bodyBytes, exchangeId: exchange?.id ?? null, totalMs: exchange?.timings.total ?? null }
}

/** Without its fragment, which is not sent. */
function addressOf(url: string): string {
  const address = URL.parse(url)
  // The window says where the first page was.
  if (address === null) return url
  address.hash = ''
  return address.href
}

function headerOf(headers: ReceivedResponse['headers'], name: string): string {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''
}

function notSafe(method: string): CoreError {
  return new CoreError(
    'Unavailable',
    'send',
    `Further pages are not asked for by ${method}, which may change something at the server each time.`,
    {
      hint: 'Open the next page and send it yourself.',
    },
  )
}
