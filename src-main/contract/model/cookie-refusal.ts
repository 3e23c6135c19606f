/** How it is told among the warnings of an answer that a jar refused a cookie; the answer's cookies tell it of each as well. */

/** @param name empty where the cookie has none */
export function refusalWarning(name: string, reason: string): string {
  return `The cookie ${name === '' ? 'without a name' : name} was not kept: ${reason}.`
}

export function isRefusalWarning(warning: string): boolean {
  return /^The cookie .+ was not kept: .+\.$/s.test(warning)
}
