/**
 * Which certificate of a chain a verdict is about: the TLS library gives a bare code for the chain as a whole. What to say of
 * it is in `tls-failures.ts`.
 */
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { Connection } from '#contract/model/exchange.ts'

type Facts = NonNullable<Connection['tls']>['certificates'][number]

interface Link extends Facts {
  /** Bits of an RSA key; null: a key of another kind. */
  readonly rsaBits: number | null
}

/** The first certificate that a verdict fits, the server's own or one above it. */
interface Blamed extends Link {
  readonly isOwn: boolean
}

/** TLS libraries of today refuse RSA keys below it. */
const SHORTEST_RSA_BITS = 2048

/** A verdict as an error that carries the chain: the server's own certificate first, then as far as it is known. */
export function verdictError(code: string, socket: TLSSocket, chain: readonly Facts[]): Error & { readonly code: string } {
  let at: Partial<DetailedPeerCertificate> | undefined = socket.getPeerCertificate(true)
  const links = chain.map((facts): Link => {
    // A key on a curve has bits, too, but no modulus.
    const rsaBits = at?.modulus === undefined ? null : (at.bits ?? null)
    at = at?.issuerCertificate
    return { ...facts, rsaBits }
  })
  return Object.assign(new Error(code), { code, chain: links })
}

/** Who signed the last certificate that is known; null: nothing is known. */
export function unknownIssuer(error: unknown): string | null {
  return chainOf(error).at(-1)?.issuer ?? null
}

/** Whether the server showed nothing but a certificate of its own that somebody else signed. */
export function isAlone(error: unknown): boolean {
  const [own, ...above] = chainOf(error)
  return own !== undefined && above.length === 0 && own.issuer !== own.subject
}

export function expired(error: unknown): Blamed | null {
  return blamed(error, ({ validTo }) => Date.parse(validTo) < Date.now())
}

export function notYetValid(error: unknown): Blamed | null {
  return blamed(error, ({ validFrom }) => Date.parse(validFrom) > Date.now())
}

export function tooShort(error: unknown): Blamed | null {
  return blamed(error, ({ rsaBits }) => rsaBits !== null && rsaBits < SHORTEST_RSA_BITS)
}

function blamed(error: unknown, isAtFault: (link: Link) => boolean): Blamed | null {
  const chain = chainOf(error)
  const link = chain.find(isAtFault)
  return link === undefined ? null : { ...link, isOwn: link === chain[0] }
}

function chainOf(error: unknown): readonly Link[] {
  const chain = typeof error === 'object' && error !== null && 'chain' in error ? error.chain : null
  return Array.isArray(chain) ? (chain as readonly Link[]) : [] // only `verdictError` puts one there
}
