/** What to say where no connection could be opened, by what was going on: which way it was, and whose fault it looks like. */
import { reasonWords } from '#contract/model/route-reason.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { optionDetails, placeOfOption, type OptionOrigins } from '../prepare/option-origins.ts'
import type { OpenRequest } from './open-request.ts'
import { tooLateAt } from './deadline.ts'
import { peerName, secondsText } from './peer-name.ts'
import { tlsContext } from './tls-handshake.ts'
import type { FailureContext } from './failure-entry.ts'
import { failureOf } from './transport-errors.ts'

/** `proxyDns` and `proxyTls` are of the way to a proxy, `tunnel` of what it is asked; `tcp` of the way to either. */
export type Phase = 'dns' | 'proxyDns' | 'tcp' | 'proxyTls' | 'tunnel' | 'tls'

/** What took too long. */
const LATE: Readonly<Record<Phase, string>> = {
  dns: 'The host name could not be looked up in that time. Check the network.',
  proxyDns: 'The host name of the proxy could not be looked up in that time. Check the network.',
  tcp: 'Nothing answered at that address. Check it, and whether a firewall drops the packets.',
  proxyTls: 'The proxy took the connection but did not complete the TLS handshake. It may not speak TLS on this port.',
  tunnel: 'The proxy took the connection but did not open a way to the server.',
  tls: 'The server took the connection but did not complete the TLS handshake. It may not speak TLS on this port.',
}

type Way = Pick<OpenRequest, 'url' | 'route' | 'trust' | 'proxyTrust'>

/** The error to fail with; a `CoreError` is passed on, unless it is about the way to a proxy. */
export function openingError(error: unknown, way: Way, phase: Phase): CoreError {
  const { url, route, trust } = way
  if (error instanceof CoreError && error.kind === 'TotalTimeout') return tooLateAt(error, stageOf(phase), phase, LATE[phase])
  if (route.unixSocket !== null && phase === 'tcp' && !(error instanceof CoreError)) return unixSocketError(error, route.unixSocket)
  if (phase === 'tls' && trust) return failureOf(error, tlsContext(url, trust))
  if (!route.proxy || phase === 'dns') return failureOf(error, contextOf(url, url.scheme))
  if (error instanceof CoreError && phase !== 'proxyTls') return error
  const proxy = { ...route.proxy, peer: `The proxy ${route.proxy.shown}` }
  const failure =
    phase === 'proxyTls' && way.proxyTrust
      ? failureOf(error, { ...tlsContext(proxy, way.proxyTrust), peer: proxy.peer })
      : failureOf(error, { ...contextOf(proxy, 'http'), peer: proxy.peer, isProxy: true })
  // A timeout, or Cancel, is none of the proxy's doing.
  if (failure.kind !== 'ConnectionError' && failure.kind !== 'SSLError') return failure
  return new CoreError('ProxyError', failure.stage, failure.message, {
    ...failure.parts,
    hint: `It is used because of ${reasonWords(route.reason)}. ${failure.parts.hint ?? ''}`.trim(),
  })
}

/** The error of a connection that took too long. */
export function timedOut({ url, route }: Way, phase: Phase, timeoutMs: number): CoreError {
  const isOfProxy = route.proxy !== null && phase !== 'dns' && phase !== 'tls'
  const peer = isOfProxy && route.proxy ? `the proxy ${route.proxy.shown}` : (route.unixSocket ?? peerName(url))
  return new CoreError('ConnectTimeout', stageOf(phase), `Connect timed out after ${secondsText(timeoutMs)}: ${peer}.`, {
    hint: LATE[phase],
    details: { phase },
  })
}

/** A connect timeout of ours says where it is raised, and what asks for an option which layer that is from; any other error stays as it is. */
export function withItsOption(error: CoreError, origins: OptionOrigins): CoreError {
  const { hint = '', details } = error.parts
  const option = details?.['option']
  if (typeof option === 'string') {
    return new CoreError(error.kind, error.stage, error.message, {
      ...error.parts,
      details: { ...optionDetails(origins, option), ...details },
    })
  }
  if (error.kind !== 'ConnectTimeout' || details?.['phase'] === undefined) return error
  return new CoreError(error.kind, error.stage, error.message, {
    ...error.parts,
    hint: `${hint} To wait longer, raise the connect timeout ${placeOfOption(origins, 'timeout.connect')}.`,
    details: { ...details, ...optionDetails(origins, 'timeout.connect') },
  })
}

function stageOf(phase: Phase): 'tls' | 'connect' {
  return phase === 'tls' || phase === 'proxyTls' ? 'tls' : 'connect'
}

function unixSocketError(error: unknown, path: string): CoreError {
  const code = systemCode(error)
  const why =
    code === 'ENOENT'
      ? `There is no socket at ${path}.`
      : code === 'ECONNREFUSED'
        ? `Nothing listens on the socket ${path}.`
        : code === 'EACCES' || code === 'EPERM'
          ? `The socket ${path} may not be used by you.`
          : `The socket ${path} could not be connected to${code === null ? '' : ` (${code})`}.`
  return new CoreError('ConnectionError', 'connect', why, {
    hint: 'Check the path, and that the server runs.',
    where: { section: 'options', field: 'unixSocket' },
    ...(code !== null && { details: { code } }),
    cause: error,
  })
}

function contextOf(peer: { readonly host: string; readonly port: number }, scheme: 'http' | 'https'): FailureContext {
  return {
    peer: peerName(peer),
    host: peer.host,
    scheme,
    stage: 'connect',
    hasHead: false,
    received: Buffer.alloc(0),
    bodyBytes: 0,
    expectedBytes: null,
    isStrict: false,
  }
}
