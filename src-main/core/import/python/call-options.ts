/** Timeouts, redirects, proxies and certificates of a call or a session. */
import type { Options } from '#contract/model/request.ts'
import type { FormWriter } from './form-writer.ts'
import { pairsOf } from './operators.ts'
import { truth, type Value } from './values.ts'

export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** What a call says beside its rows and its body. */
export function optionsOf(given: ReadonlyMap<string, Value>, writer: FormWriter): Options {
  const options: Mutable<Options> = {}
  const timeout = given.get('timeout')
  if (timeout) Object.assign(options, timeoutOf(timeout, writer))
  const follow = given.get('allow_redirects')
  const follows = follow ? truth(follow) : null
  if (follow && follows === null) writer.note('lost', 'allow_redirects= is not known before the script runs.')
  if (follows !== null) options.followRedirects = follows
  return { ...options, ...tlsOptions(given, writer) }
}

/** What calls and sessions have in common. */
export function tlsOptions(given: ReadonlyMap<string, Value>, writer: FormWriter): Options {
  const options: Mutable<Options> = {}
  const verify = given.get('verify')
  if (verify && verify.kind !== 'none') {
    const text = verify.kind === 'str' ? writer.text(verify.text) : null
    if (text !== null) options.verify = text
    else if (verify.kind === 'bool' || verify.kind === 'int') options.verify = truth(verify) === true
    else writer.note('lost', 'verify= is not known before the script runs: certificates are checked.')
  }
  const cert = certOf(given.get('cert'), writer)
  if (cert) options.cert = cert
  return { ...options, ...proxyOptions(given.get('proxies'), writer) }
}

/** Seconds: one for both, or (connect, read); None is no limit. */
function timeoutOf(value: Value, writer: FormWriter): Options {
  if ((value.kind === 'tuple' || value.kind === 'list') && value.items.length === 2) {
    const [connect, read] = value.items.map((one) => secondsOf(one, writer))
    return { timeout: { ...(connect !== undefined && { connect }), ...(read !== undefined && { read }) } }
  }
  const both = secondsOf(value, writer)
  return both === undefined ? {} : { timeout: { connect: both, read: both } }
}

function secondsOf(value: Value, writer: FormWriter): number | null | undefined {
  if (value.kind === 'none') return null
  if (value.kind === 'int' || value.kind === 'float') return Number.isFinite(Number(value.value)) ? Number(value.value) : null
  writer.note('lost', 'timeout= is no number that is known before the script runs, and is left out.')
  return undefined
}

function certOf(value: Value | undefined, writer: FormWriter): Options['cert'] {
  if (!value || value.kind === 'none') return undefined
  if (value.kind === 'str') return { cert: writer.text(value.text) }
  const texts = value.kind === 'tuple' || value.kind === 'list' ? value.items.map((one) => writer.field(one, 'cert=')) : []
  const [cert, key] = texts
  if (typeof cert === 'string') return { cert, ...(typeof key === 'string' && { key }) }
  writer.note('lost', 'cert= is not known before the script runs, and is left out.')
  return undefined
}

/** `no_proxy` among the proxies is the list of hosts that none is used for. */
function proxyOptions(value: Value | undefined, writer: FormWriter): Options {
  const all = proxiesOf(value, writer)
  if (!all) return {}
  const proxies = Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'no_proxy'))
  return { ...(Object.keys(proxies).length > 0 && { proxies }), ...(typeof all.no_proxy === 'string' && { noProxy: all.no_proxy }) }
}

function proxiesOf(value: Value | undefined, writer: FormWriter): Options['proxies'] {
  if (!value || value.kind === 'none' || (value.kind === 'dict' && value.entries.size === 0)) return undefined
  const pairs = pairsOf(value)
  if (!pairs) writer.note('lost', 'proxies= is not known before the script runs, and is left out.')
  const found = (pairs ?? []).flatMap(([key, proxy]): [string, string | null][] => {
    const name = writer.field(key, 'A key of proxies=')
    const url = proxy.kind === 'none' ? null : writer.field(proxy, 'A proxy')
    return name === null || (url === null && proxy.kind !== 'none') ? [] : [[name, url]]
  })
  return pairs ? Object.fromEntries(found) : undefined
}
