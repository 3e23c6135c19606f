/**
 * The one error that core throws on purpose. Anything else that is thrown is a bug; `dispatch` tells them apart.
 */
import type { ErrorKind, FieldRef, Stage, WireError } from '#contract/errors.ts'

export interface CoreErrorParts {
  readonly hint?: string
  readonly where?: FieldRef
  readonly details?: Record<string, unknown>
  readonly cause?: unknown
}

export class CoreError extends Error {
  override readonly name = 'CoreError'
  readonly kind: ErrorKind
  readonly stage: Stage
  readonly parts: CoreErrorParts

  /** @param message one sentence that names the host, file, header or variable, and holds no secret */
  constructor(kind: ErrorKind, stage: Stage, message: string, parts: CoreErrorParts = {}) {
    super(message, parts.cause === undefined ? undefined : { cause: parts.cause })
    this.kind = kind
    this.stage = stage
    this.parts = parts
  }

  static fromWire({ kind, stage, message, hint, where, details }: WireError): CoreError {
    return new CoreError(kind, stage, message, {
      ...(hint !== undefined && { hint }),
      ...(where !== undefined && { where }),
      ...(details !== undefined && { details }),
    })
  }

  /** Plain data, fit to cross a process boundary. */
  toWire(): WireError {
    const { hint, where, details } = this.parts
    return {
      kind: this.kind,
      stage: this.stage,
      message: this.message,
      ...(hint !== undefined && { hint }),
      ...(where !== undefined && { where }),
      ...(details !== undefined && { details }),
    }
  }
}

/** The code of a Node system error, such as `ENOENT`; null for anything else. */
export function systemCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

/** The words of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
