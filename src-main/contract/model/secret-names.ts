/**
 * Which headers hold a secret, judged by their name: kept from another origin, warned of over plain http, masked where
 * they are shown. One rule, so that none of the three forgets what another knows.
 */
const SECRET_NAME = /token|secret|password|api[-_]?key|auth(?!or\b)|session|^cookie$/i

export function isSecretHeaderName(name: string): boolean {
  return SECRET_NAME.test(name)
}
