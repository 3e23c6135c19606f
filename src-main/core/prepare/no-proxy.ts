/**
 * Lists of hosts that no proxy is used for: NO_PROXY and the `noProxy` option. Two readings of them: ours, and that of
 * requests, which knows fewer forms.
 *
 * @see requests' `should_bypass_proxies`; curl's NO_PROXY
 */
import { BlockList, isIP, isIPv4 } from 'node:net'

export interface HostAndPort {
  readonly host: string
  readonly port: number
  /** As in the Host header: the port only where it was typed. */
  readonly authority: string
}

/**
 * The entry of a list that matches a host, as it was written; null where none does. Commas and blanks separate; `*` is
 * every host; `.x`, `*.x` and `x` are x and all below it; `host:port` is that port only; IPv4, IPv6 and ranges of them
 * (`10.0.0.0/8`, `fd00::/8`) are compared as addresses, never looked up.
 */
export function matchingEntry(list: string, url: HostAndPort): string | null {
  return list.split(/[\s,]+/).find((entry) => entry !== '' && matches(entry.toLowerCase(), url)) ?? null
}

/** The same as requests reads it: commas only, no `*.x`, no IPv6 ranges, `*` only alone, and a default port is no port. */
export function matchingEntryOfRequests(list: string, url: HostAndPort): string | null {
  if (list.trim() === '*') return '*'
  const entries = list.replaceAll(' ', '').split(',')
  if (isIPv4(url.host)) return entries.find((entry) => entry === url.host || (isIPv4Range(entry) && isInRange(url.host, entry))) ?? null
  const names = [url.host, ...(url.authority.endsWith(`:${url.port}`) ? [`${url.host}:${url.port}`] : [])]
  return (
    entries.find((entry) => {
      const name = entry.replace(/^\.+/, '').toLowerCase()
      return name !== '' && names.some((own) => own === name || own.endsWith(`.${name}`))
    }) ?? null
  )
}

function matches(entry: string, { host, port }: HostAndPort): boolean {
  if (entry === '*') return true
  if (entry.includes('/')) return isIP(host) !== 0 && isInRange(host, entry.replace(/^\[(.*)\]/, '$1'))
  const { name, onlyPort } = splitPort(entry)
  if (onlyPort !== null && onlyPort !== port) return false
  if (isIP(name) !== 0) return isIP(host) !== 0 && isInRange(host, `${name}/${isIPv4(name) ? 32 : 128}`)
  const bare = name.replace(/^\*?\.+/, '').replace(/\.$/, '')
  const own = host.replace(/\.$/, '')
  return bare !== '' && (own === bare || own.endsWith(`.${bare}`))
}

function splitPort(entry: string): { readonly name: string; readonly onlyPort: number | null } {
  const bracketed = /^\[(.*)\](?::(\d+))?$/.exec(entry)
  if (bracketed) return { name: bracketed[1] ?? '', onlyPort: bracketed[2] === undefined ? null : Number(bracketed[2]) }
  const named = isIP(entry) === 0 ? /^(.*):(\d+)$/.exec(entry) : null
  return named ? { name: named[1] ?? '', onlyPort: Number(named[2]) } : { name: entry, onlyPort: null }
}

function isIPv4Range(entry: string): boolean {
  return isIPv4(entry.split('/', 1)[0] ?? '') && /\/(?:[1-9]|[12]\d|3[0-2])$/.test(entry)
}

/** @param range `address/prefix`; what is none matches nothing */
function isInRange(host: string, range: string): boolean {
  const [address = '', prefix = ''] = range.split('/')
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  const bits = Number(prefix)
  if (isIP(address) === 0 || !/^\d{1,3}$/.test(prefix) || bits > (family === 'ipv6' ? 128 : 32)) return false
  const block = new BlockList()
  block.addSubnet(address, bits, family)
  return block.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4')
}
