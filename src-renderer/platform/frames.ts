/**
 * Reading the frames of a host (`contract/wire.ts`) by hand. The host is the other half of this very program and types
 * what it sends by the contract, so the window checks the envelope only and need not carry the schemas.
 */
import type { ErrorKind, Stage, WireError } from '#contract/errors.ts'
import type { ServerFrame } from '#contract/wire.ts'
import { t } from '../lib/t.ts'

/** The frame, or null where it is none. */
export function readFrame(value: unknown): ServerFrame | null {
  if (typeof value !== 'object' || value === null || !('type' in value)) return null
  if (value.type === 'event' && 'name' in value && typeof value.name === 'string') {
    return { type: 'event', name: value.name, payload: 'payload' in value ? value.payload : undefined }
  }
  if (value.type !== 'reply' || !('id' in value) || typeof value.id !== 'number' || !('result' in value)) return null
  const { result } = value
  if (typeof result !== 'object' || result === null || !('ok' in result)) return null
  if (result.ok === true) return { type: 'reply', id: value.id, result: { ok: true, value: 'value' in result ? result.value : undefined } }
  return { type: 'reply', id: value.id, result: { ok: false, error: readError('error' in result ? result.error : undefined) } }
}

/** An error of a host; anything else is shown as a bug. */
export function readError(value: unknown): WireError {
  if (isWireError(value)) return value
  return { kind: 'Bug', stage: 'call', message: t`Posthaste gave an answer that cannot be understood.` }
}

/** What a call that cannot be made is answered with. */
export function unavailable(message: string, hint?: string): WireError {
  const kind: ErrorKind = 'Unavailable'
  const stage: Stage = 'call'
  return { kind, stage, message, ...(hint !== undefined && { hint }) }
}

function isWireError(value: unknown): value is WireError {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    typeof value.kind === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  )
}
