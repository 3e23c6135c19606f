/**
 * Hides secret texts wherever they stand in another text: as they are, and as they become in a URL, a form or a JSON text.
 * What a header's name tells to be secret is `mask-header.ts`.
 */
import { MASK } from './mask-header.ts'

/** The text with every one of the secrets replaced; the same text where none stands in it. */
export function maskTexts(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0 || text === '') return text
  let masked = text
  for (const form of formsOf(secrets)) if (masked.includes(form)) masked = masked.replaceAll(form, MASK)
  return masked
}

/** Each way that a secret may be written, the longest first, so that one is not left half of another. */
function formsOf(secrets: readonly string[]): readonly string[] {
  const forms = secrets.filter((secret) => secret !== '').flatMap(waysToWrite)
  return [...new Set(forms)].sort((one, other) => other.length - one.length)
}

function waysToWrite(secret: string): readonly string[] {
  // A lone surrogate has no bytes, and so no such form.
  const encoded = secret.isWellFormed() ? encodeURIComponent(secret) : secret
  const asForm = new URLSearchParams([['', secret]]).toString().slice(1)
  return [secret, JSON.stringify(secret).slice(1, -1), encoded, encodeURI(secret.toWellFormed()), asForm, encoded.replaceAll('%20', '+')]
}
