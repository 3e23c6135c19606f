/**
 * What each HTTP status says, in one plain sentence: shown where a status is, so that nobody has to look it up.
 * Codes of the IANA registry, and the unofficial ones that are met in practice.
 *
 * @see https://www.iana.org/assignments/http-status-codes
 */

export interface StatusMeaning {
  readonly reason: string
  readonly sentence: string
}

const MEANINGS: Readonly<Record<number, readonly [reason: string, sentence: string]>> = {
  100: ['Continue', 'The server has seen the headers and waits for the body.'],
  101: ['Switching Protocols', 'The connection goes on in another protocol, as the request asked.'],
  102: ['Processing', 'The server is still working and has no answer yet.'],
  103: ['Early Hints', 'Headers that the real answer is likely to have, sent ahead of it.'],
  200: ['OK', 'The request worked.'],
  201: ['Created', 'Something new was made; Location or the body says where it is.'],
  202: ['Accepted', 'The request was taken in but is not done yet.'],
  203: ['Non-Authoritative Information', 'It worked, but a proxy on the way has changed the answer.'],
  204: ['No Content', 'It worked, and there is nothing to say about it.'],
  205: ['Reset Content', 'It worked; the form that sent the request should be cleared.'],
  206: ['Partial Content', 'The body is only the range that was asked for.'],
  207: ['Multi-Status', 'The body holds one status for each of several items.'],
  208: ['Already Reported', 'These items were listed earlier in the same answer.'],
  226: ['IM Used', 'The body is the difference to an earlier version.'],
  300: ['Multiple Choices', 'There are several answers to choose from.'],
  301: ['Moved Permanently', 'It has a new address for good; Location names it.'],
  302: ['Found', 'It is at another address for now; Location names it.'],
  303: ['See Other', 'The answer is at the address in Location, to be fetched with GET.'],
  304: ['Not Modified', 'The copy you already have is still good, so no body is sent.'],
  305: ['Use Proxy', 'It can only be reached through a proxy. No longer in use.'],
  307: ['Temporary Redirect', 'Send the same method and body to the address in Location, this time.'],
  308: ['Permanent Redirect', 'Send the same method and body to the address in Location, from now on.'],
  400: ['Bad Request', 'The server could not make sense of the request.'],
  401: ['Unauthorized', 'The request needs credentials, or those sent were not accepted.'],
  402: ['Payment Required', 'The server wants payment, or a quota is used up.'],
  403: ['Forbidden', 'The server understood, and will not do it for you.'],
  404: ['Not Found', 'There is nothing at this address, or the server will not say.'],
  405: ['Method Not Allowed', 'The address exists but not for this method; Allow lists those that work.'],
  406: ['Not Acceptable', 'The server has no answer in a form that the Accept headers allow.'],
  407: ['Proxy Authentication Required', 'The proxy on the way needs credentials.'],
  408: ['Request Timeout', 'The server gave up waiting for the request.'],
  409: ['Conflict', 'The request clashes with how things stand now, such as a newer version.'],
  410: ['Gone', 'It was here, and has been removed for good.'],
  411: ['Length Required', 'The server wants a Content-Length header.'],
  412: ['Precondition Failed', 'A condition in the headers, such as If-Match, did not hold.'],
  413: ['Content Too Large', 'The body is larger than the server accepts.'],
  414: ['URI Too Long', 'The address is longer than the server accepts.'],
  415: ['Unsupported Media Type', 'The server does not take a body of this Content-Type or Content-Encoding.'],
  416: ['Range Not Satisfiable', 'The range that was asked for lies outside the file.'],
  417: ['Expectation Failed', 'The server cannot do what the Expect header asks.'],
  418: ["I'm a teapot", 'A joke from 1998, sometimes used to turn down bots.'],
  421: ['Misdirected Request', 'This server does not answer for that host on this connection.'],
  422: ['Unprocessable Content', 'The body is well formed, but what it says is not valid.'],
  423: ['Locked', 'It is locked by someone.'],
  424: ['Failed Dependency', 'It failed because an earlier step failed.'],
  425: ['Too Early', 'The server will not act on a request that might be a replay.'],
  426: ['Upgrade Required', 'The server wants another protocol; Upgrade names it.'],
  428: ['Precondition Required', 'The server wants a condition such as If-Match, so that no change is lost.'],
  429: ['Too Many Requests', 'You are over the rate limit; Retry-After may say how long to wait.'],
  431: ['Request Header Fields Too Large', 'The headers, often the cookies, are larger than the server accepts.'],
  440: ['Login Time-out', 'The session has ended (Microsoft IIS).'],
  444: ['No Response', 'The server closed the connection on purpose (nginx).'],
  449: ['Retry With', 'Send it again after doing what the answer asks (Microsoft IIS).'],
  451: ['Unavailable For Legal Reasons', 'It may not be shown for a legal reason.'],
  460: ['Client Closed Connection', 'The client hung up before the load balancer could answer (AWS).'],
  494: ['Request Header Too Large', 'The headers are larger than nginx accepts.'],
  495: ['SSL Certificate Error', 'nginx did not accept the client certificate.'],
  496: ['SSL Certificate Required', 'nginx wants a client certificate.'],
  497: ['HTTP Request Sent to HTTPS Port', 'The address should start with https:// (nginx).'],
  499: ['Client Closed Request', 'The client hung up before the answer was ready (nginx).'],
  500: ['Internal Server Error', 'Something went wrong inside the server.'],
  501: ['Not Implemented', 'The server does not know this method.'],
  502: ['Bad Gateway', 'The server in front got no usable answer from the one behind it.'],
  503: ['Service Unavailable', 'The server is overloaded or down for a while; Retry-After may say how long.'],
  504: ['Gateway Timeout', 'The server in front waited too long for the one behind it.'],
  505: ['HTTP Version Not Supported', 'The server does not speak this version of HTTP.'],
  506: ['Variant Also Negotiates', 'The server is set up wrongly for content negotiation.'],
  507: ['Insufficient Storage', 'The server has no room left to store it.'],
  508: ['Loop Detected', 'The server found itself going in circles.'],
  510: ['Not Extended', 'The request lacks an extension that the server wants.'],
  511: ['Network Authentication Required', 'You have to sign in to the network first, as in a hotel.'],
  520: ['Web Server Returned an Unknown Error', 'The server behind Cloudflare answered with something odd.'],
  521: ['Web Server Is Down', 'The server behind Cloudflare refused the connection.'],
  522: ['Connection Timed Out', 'The server behind Cloudflare did not answer in time.'],
  523: ['Origin Is Unreachable', 'Cloudflare found no way to the server behind it.'],
  524: ['A Timeout Occurred', 'The server behind Cloudflare connected but did not answer in time.'],
  525: ['SSL Handshake Failed', 'Cloudflare and the server behind it could not agree on TLS.'],
  526: ['Invalid SSL Certificate', 'Cloudflare did not accept the certificate of the server behind it.'],
}

const CLASSES: Readonly<Record<StatusClass, string>> = {
  information: 'An interim answer: the real one is still to come.',
  success: 'The request worked.',
  redirect: 'The answer is somewhere else.',
  clientError: 'The server says that something is wrong with the request.',
  serverError: 'The server says that it failed.',
  unknown: 'A status outside 100 to 599, which HTTP does not define.',
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
