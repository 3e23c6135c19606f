/** The Cookie header's text (RFC 6265 §5.4). Which cookies go in is decided by whoever calls. */

/** `a=1; b=2`, nothing quoted or escaped, as every client sends it. */
export function cookieHeaderValue(pairs: readonly (readonly [name: string, value: string])[]): string {
  return pairs.map(([name, value]) => (name === '' ? value : `${name}=${value}`)).join('; ')
}

/** The jar's cookies and the request's own in one list: the request's own stand last and replace the jar's of that name. */
export function mergeCookies(
  fromJar: readonly (readonly [string, string])[],
  own: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const replaced = new Set(own.map(([name]) => name))
  return [...fromJar.filter(([name]) => !replaced.has(name)), ...own]
}
