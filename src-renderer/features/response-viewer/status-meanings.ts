/**
 * What each HTTP status says, in one plain sentence: shown where a status is, so that nobody has to look it up.
 * Codes of the IANA registry, and the unofficial ones that are met in practice.
 *
 * @see https://www.iana.org/assignments/http-status-codes
 */

import { t } from '../../lib/t.ts'

export interface StatusMeaning {
  readonly reason: string
  readonly sentence: string
}

const MEANINGS: Readonly<Record<number, readonly [reason: string, sentence: string]>> = {
  100: ['Continue', t`The server has seen the headers and waits for the body.`],
  101: [t`Switching Protocols`, t`The connection goes on in another protocol, as the request asked.`],
  102: ['Processing', t`The server is still working and has no answer yet.`],
  103: [t`Early Hints`, t`Headers that the real answer is likely to have, sent ahead of it.`],
  200: ['OK', t`The request worked.`],
  201: ['Created', t`Something new was made; Location or the body says where it is.`],
  202: ['Accepted', t`The request was taken in but is not done yet.`],
  203: [t`Non-Authoritative Information`, t`It worked, but a proxy on the way has changed the answer.`],
  204: [t`No Content`, t`It worked, and there is nothing to say about it.`],
  205: [t`Reset Content`, t`It worked; the form that sent the request should be cleared.`],
  206: [t`Partial Content`, t`The body is only the range that was asked for.`],
  207: ['Multi-Status', t`The body holds one status for each of several items.`],
  208: [t`Already Reported`, t`These items were listed earlier in the same answer.`],
  226: [t`IM Used`, t`The body is the difference to an earlier version.`],
  300: [t`Multiple Choices`, t`There are several answers to choose from.`],
  301: [t`Moved Permanently`, t`It has a new address for good; Location names it.`],
  302: ['Found', t`It is at another address for now; Location names it.`],
  303: [t`See Other`, t`The answer is at the address in Location, to be fetched with GET.`],
  304: [t`Not Modified`, t`The copy you already have is still good, so no body is sent.`],
  305: [t`Use Proxy`, t`It can only be reached through a proxy. No longer in use.`],
  307: [t`Temporary Redirect`, t`Send the same method and body to the address in Location, this time.`],
  308: [t`Permanent Redirect`, t`Send the same method and body to the address in Location, from now on.`],
  400: [t`Bad Request`, t`The server could not make sense of the request.`],
  401: ['Unauthorized', t`The request needs credentials, or those sent were not accepted.`],
  402: [t`Payment Required`, t`The server wants payment, or a quota is used up.`],
  403: ['Forbidden', t`The server understood, and will not do it for you.`],
  404: [t`Not Found`, t`There is nothing at this address, or the server will not say.`],
  405: [t`Method Not Allowed`, t`The address exists but not for this method; Allow lists those that work.`],
  406: [t`Not Acceptable`, t`The server has no answer in a form that the Accept headers allow.`],
  407: [t`Proxy Authentication Required`, t`The proxy on the way needs credentials.`],
  408: [t`Request Timeout`, t`The server gave up waiting for the request.`],
  409: ['Conflict', t`The request clashes with how things stand now, such as a newer version.`],
  410: ['Gone', t`It was here, and has been removed for good.`],
  411: [t`Length Required`, t`The server wants a Content-Length header.`],
  412: [t`Precondition Failed`, t`A condition in the headers, such as If-Match, did not hold.`],
  413: [t`Content Too Large`, t`The body is larger than the server accepts.`],
  414: [t`URI Too Long`, t`The address is longer than the server accepts.`],
  415: [t`Unsupported Media Type`, t`The server does not take a body of this Content-Type or Content-Encoding.`],
  416: [t`Range Not Satisfiable`, t`The range that was asked for lies outside the file.`],
  417: [t`Expectation Failed`, t`The server cannot do what the Expect header asks.`],
  418: [t`I'm a teapot`, t`A joke from 1998, sometimes used to turn down bots.`],
  421: [t`Misdirected Request`, t`This server does not answer for that host on this connection.`],
  422: [t`Unprocessable Content`, t`The body is well formed, but what it says is not valid.`],
  423: ['Locked', t`It is locked by someone.`],
  424: [t`Failed Dependency`, t`It failed because an earlier step failed.`],
  425: [t`Too Early`, t`The server will not act on a request that might be a replay.`],
  426: [t`Upgrade Required`, t`The server wants another protocol; Upgrade names it.`],
  428: [t`Precondition Required`, t`The server wants a condition such as If-Match, so that no change is lost.`],
  429: [t`Too Many Requests`, t`You are over the rate limit; Retry-After may say how long to wait.`],
  431: [t`Request Header Fields Too Large`, t`The headers, often the cookies, are larger than the server accepts.`],
  440: [t`Login Time-out`, t`The session has ended (Microsoft IIS).`],
  444: [t`No Response`, t`The server closed the connection on purpose (nginx).`],
  449: [t`Retry With`, t`Send it again after doing what the answer asks (Microsoft IIS).`],
  451: [t`Unavailable For Legal Reasons`, t`It may not be shown for a legal reason.`],
  460: [t`Client Closed Connection`, t`The client hung up before the load balancer could answer (AWS).`],
  494: [t`Request Header Too Large`, t`The headers are larger than nginx accepts.`],
  495: [t`SSL Certificate Error`, t`nginx did not accept the client certificate.`],
  496: [t`SSL Certificate Required`, t`nginx wants a client certificate.`],
  497: [t`HTTP Request Sent to HTTPS Port`, t`The address should start with https:// (nginx).`],
  499: [t`Client Closed Request`, t`The client hung up before the answer was ready (nginx).`],
  500: [t`Internal Server Error`, t`Something went wrong inside the server.`],
  501: [t`Not Implemented`, t`The server does not know this method.`],
  502: [t`Bad Gateway`, t`The server in front got no usable answer from the one behind it.`],
  503: [t`Service Unavailable`, t`The server is overloaded or down for a while; Retry-After may say how long.`],
  504: [t`Gateway Timeout`, t`The server in front waited too long for the one behind it.`],
  505: [t`HTTP Version Not Supported`, t`The server does not speak this version of HTTP.`],
  506: [t`Variant Also Negotiates`, t`The server is set up wrongly for content negotiation.`],
  507: [t`Insufficient Storage`, t`The server has no room left to store it.`],
  508: [t`Loop Detected`, t`The server found itself going in circles.`],
  510: [t`Not Extended`, t`The request lacks an extension that the server wants.`],
  511: [t`Network Authentication Required`, t`You have to sign in to the network first, as in a hotel.`],
  520: [t`Web Server Returned an Unknown Error`, t`The server behind Cloudflare answered with something odd.`],
  521: [t`Web Server Is Down`, t`The server behind Cloudflare refused the connection.`],
  522: [t`Connection Timed Out`, t`The server behind Cloudflare did not answer in time.`],
  523: [t`Origin Is Unreachable`, t`Cloudflare found no way to the server behind it.`],
  524: [t`A Timeout Occurred`, t`The server behind Cloudflare connected but did not answer in time.`],
  525: [t`SSL Handshake Failed`, t`Cloudflare and the server behind it could not agree on TLS.`],
  526: [t`Invalid SSL Certificate`, t`Cloudflare did not accept the certificate of the server behind it.`],
}

const CLASSES: Readonly<Record<StatusClass, string>> = {
  information: t`An interim answer: the real one is still to come.`,
  success: t`The request worked.`,
  redirect: t`The answer is somewhere else.`,
  clientError: t`The server says that something is wrong with the request.`,
  serverError: t`The server says that it failed.`,
  unknown: t`A status outside 100 to 599, which HTTP does not define.`,
}

export type StatusClass = 'information' | 'success' | 'redirect' | 'clientError' | 'serverError' | 'unknown'

const BY_HUNDRED: readonly StatusClass[] = ['unknown', 'information', 'success', 'redirect', 'clientError', 'serverError']

/** The class of a status, by its first digit. */
export function classOfStatus(status: number): StatusClass {
  return BY_HUNDRED[Math.floor(status / 100)] ?? 'unknown'
}

/** What a status means. An unregistered code gets the meaning of its class and an empty reason. */
export function meaningOfStatus(status: number): StatusMeaning {
  const known = MEANINGS[status]
  return known ? { reason: known[0], sentence: known[1] } : { reason: '', sentence: CLASSES[classOfStatus(status)] }
}

/** The status as people write it: `201 Created`. The server's own words where it sent any, else the registry's. */
export function statusText(response: { readonly status: number; readonly reason: string }): string {
  const reason = response.reason.trim() || meaningOfStatus(response.status).reason
  return reason === '' ? String(response.status) : `${response.status} ${reason}`
}
