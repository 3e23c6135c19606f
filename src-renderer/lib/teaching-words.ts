/** What the teaching notes say, and where the manual says more. */
import { assertNever } from '#contract/result.ts'
import type { TeachingNoteId } from './teaching-notes.ts'
import { t } from './t.ts'

/** The page of the manual that all of them lead to. */
export const TEACHING_PAGE = 'good-to-know'

interface TeachingWords {
  readonly text: string
  /** Name of the heading on that page. */
  readonly heading: string
}

export function teachingWords(id: TeachingNoteId): TeachingWords {
  switch (id) {
    case 'postInClear':
      return {
        text: t`POST keeps this out of the address, but does not encrypt it: over http:// it can be read on the way.`,
        heading: 'post-does-not-encrypt',
      }
    case 'noPasswords':
      return {
        text: t`This service takes no passwords for its API: make a token there, and send it under Bearer.`,
        heading: 'credentials-in-the-clear',
      }
    case 'plusInQuery':
      return {
        text: t`Most servers read + in a query as a blank. A plus is %2B; a blank is %20, or + as here.`,
        heading: 'plus-and-percent-20',
      }
    case 'longUrl':
      return {
        text: t`HTTP sets no limit to a URL. Servers do, commonly at some 8 kB; what is longer goes into a body.`,
        heading: 'length-of-a-url',
      }
    case 'contentTypeOfJson':
      return { text: t`A JSON body brings this Content-Type with it; the row can go.`, heading: 'headers-that-are-there-anyway' }
    case 'acceptEncoding':
      return {
        text: t`Accept-Encoding is sent by default, and is about the answer only: it compresses nothing that is sent.`,
        heading: 'headers-that-are-there-anyway',
      }
    case 'jsonPart':
      return { text: t`A part with JSON is plain text to the server until it has the type application/json.`, heading: 'types-of-parts' }
    case 'readTimeout':
      return {
        text: t`The read timeout is the longest silence, not a limit of the whole: that is the total timeout.`,
        heading: 'what-a-timeout-covers',
      }
    case 'retriedStatuses':
      return {
        text: t`Without statuses here, an answer such as 503 is not tried again; only what had no answer is.`,
        heading: 'what-is-tried-again',
      }
    case 'retriedPost':
      return {
        text: t`A POST that is tried again may be carried out twice: the server may have taken the first.`,
        heading: 'what-is-tried-again',
      }
    case 'headNotFollowed':
      return { text: t`requests.head does not follow redirects, unlike all the others.`, heading: 'head-and-redirects' }
    case 'proxyScheme':
      return {
        text: t`This is an HTTP proxy. One for SOCKS, often at port 1080, needs socks5:// or socks5h:// before it.`,
        heading: 'kinds-of-proxies',
      }
    case 'guessedEncoding':
      return {
        text: t`No charset came with this text, so the bytes were looked at. requests takes ISO-8859-1 for every text/* here.`,
        heading: 'the-encoding-of-an-answer',
      }
    case 'elapsed':
      return {
        text: t`elapsed of requests ends with the head of the answer: the download, which took long here, is not in it.`,
        heading: 'the-time-and-size-of-an-answer',
      }
    default:
      return assertNever(id)
  }
}
