/** Ways to write an option that people know from other programs, put as ours is. */
import type { Plain } from './plain-edit.ts'
import { isMapping } from './plain-edit.ts'

/** @param key of `WIRE_OPTIONS` */
export function asOurs(key: string, plain: Plain): Plain {
  if (key === 'tls' && isMapping(plain)) {
    return Object.fromEntries(Object.entries(plain).map(([name, version]) => [name, tlsVersion(version ?? null)]))
  }
  if (key === 'cert') return certificate(plain)
  return plain
}

/** `1.3`, as a text or a number, and `tls1.3`, as curl and OpenSSL write it. */
function tlsVersion(version: Plain): Plain {
  if (typeof version !== 'string' && typeof version !== 'number') return version
  const number = /^(?:tls ?v?)?1([._][0-3])?$/i.exec(String(version))
  if (number === null) return version
  return number[1] === undefined || number[1].endsWith('0') ? 'TLSv1' : `TLSv1.${number[1].slice(1)}`
}

/** One file with both, or a pair of certificate and key, as requests has them. */
function certificate(plain: Plain): Plain {
  if (typeof plain === 'string') return { cert: plain }
  const [cert, key, ...more] = Array.isArray(plain) ? (plain as readonly Plain[]) : []
  const isPair = typeof cert === 'string' && (key === undefined || typeof key === 'string') && more.length === 0
  return isPair ? { cert, ...(key !== undefined && { key }) } : plain
}
