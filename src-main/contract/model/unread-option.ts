/** An option of a file that counts for nothing, since its name or its value is not understood, and how that is told. */

export interface UnreadOption {
  /** As it is written, such as `posthaste.retry`. */
  readonly path: string
  /** What is wrong with it: names that there are in place of its own, or what the value at a path takes. */
  readonly fault:
    { readonly likely: string } | { readonly names: readonly string[] } | { readonly at: string; readonly takes: string } | null
}

export function requestPlace({ name }: { readonly name: string }): string {
  return `the request “${name}”`
}

/** @param place what it is an option of, such as that */
export function unreadWarning({ path, fault }: UnreadOption, place: string): string {
  if (fault === null) return `${path} of ${place} is not understood, and does not count.`
  if ('likely' in fault) return `${path} of ${place} is not understood, and does not count. Did you mean ${fault.likely}?`
  if ('names' in fault) return `${path} of ${place} is not understood, and does not count. There are: ${fault.names.join(', ')}.`
  return `${path} of ${place} is not understood, and does not count. ${fault.at} takes ${fault.takes}.`
}

export function isUnreadWarning(warning: string): boolean {
  return / of .+ is not understood, and does not count\./s.test(warning)
}
