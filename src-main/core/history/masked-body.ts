/**
 * Bodies without the values of secret variables, byte for byte as they were elsewhere: what was sent is in memory alone
 * where it holds one, and what is kept of it is a copy.
 */
import { isUtf8 } from 'node:buffer'
import type { Exchange, SentRequest } from '#contract/model/exchange.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { MASK, type Mask } from './mask.ts'

/** Of a body that was sent, so much is kept. */
export const SENT_KEPT_BYTES = 1024 * 1024

export type SentBodies = Pick<BodyStore, 'stat' | 'read' | 'put'>

/** @returns null where there is nothing to take out */
export function maskedBody(bytes: Buffer, mask: Mask): Buffer | null {
  // What is no text is gone through as one byte a character, and comes out as it went in.
  const charset = isUtf8(bytes) ? 'utf8' : 'latin1'
  const text = bytes.toString(charset)
  const hidden = mask(text)
  if (hidden === text) return null
  return charset === 'utf8' ? Buffer.from(hidden) : Buffer.from(hidden.replaceAll(MASK, Buffer.from(MASK).toString('latin1')), 'latin1')
}

/** The exchange as it is recorded: with copies of the bodies that were sent, in which secrets are masked. */
export async function withMaskedBodies(exchange: Exchange, bodies: SentBodies, mask: Mask | null): Promise<Exchange> {
  if (mask === null) return exchange
  const known = new Map<string, SentRequest['bodyId']>()
  const hide = async <R extends SentRequest | null>(request: R): Promise<R> => {
    if (request === null || request.bodyId === null) return request
    const { bodyId } = request
    const masked = known.has(bodyId) ? known.get(bodyId) : await maskedCopy(bodyId, bodies, mask)
    known.set(bodyId, masked ?? null)
    return masked ? { ...request, bodyId: masked, isBodyMasked: true } : request
  }
  return {
    ...exchange,
    request: await hide(exchange.request),
    history: await inTurn(exchange.history, async (hop) => ({ ...hop, request: await hide(hop.request) })),
    attempts: await inTurn(exchange.attempts, async (attempt) => ({ ...attempt, request: await hide(attempt.request) })),
  }
}

/** @returns null where nothing of it has to be masked */
async function maskedCopy(id: NonNullable<SentRequest['bodyId']>, bodies: SentBodies, mask: Mask): Promise<SentRequest['bodyId']> {
  if ((await bodies.stat(id))?.isHeld !== true) return null
  const hidden = maskedBody(await bodies.read(id, 0, SENT_KEPT_BYTES), mask)
  return hidden && (await bodies.put(hidden)).id
}

async function inTurn<T>(items: readonly T[], change: (item: T) => Promise<T>): Promise<T[]> {
  const changed: T[] = []
  for (const item of items) changed.push(await change(item))
  return changed
}
