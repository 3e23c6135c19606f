/** What an option of the command line says in place of a request's own. */
import type { RequestDocument } from '#contract/model/request.ts'

export interface Overrides {
  readonly timeoutSeconds?: number
  readonly insecure?: boolean
}

/** The document with what the command line says in place of its own options. */
export function overridden(document: RequestDocument, overrides: Overrides): RequestDocument {
  const { timeoutSeconds, insecure } = overrides
  return {
    ...document,
    options: {
      ...document.options,
      ...(timeoutSeconds !== undefined && { timeout: { ...document.options.timeout, connect: timeoutSeconds, read: timeoutSeconds } }),
      ...(insecure === true && { verify: false }),
    },
  }
}
