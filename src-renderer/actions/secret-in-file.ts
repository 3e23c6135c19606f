/**
 * A save that would put a known secret into a shared file is refused by core. The user then chooses: a reference in its
 * place, the secret in clear all the same, or neither.
 */
import type { WireError } from '#contract/errors.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import { withReferences, type NamedValue } from '../lib/put-references.ts'
import { noticeOf, useAppStore } from '../stores/app-store.ts'
import type { SecretRef } from '../stores/questions-store.ts'
import { ask } from './ask.ts'
import { platform } from './platform-ref.ts'

/**
 * How to go on: save what stands there with references in the secrets' place, or save it in clear. `withReferences` is for
 * what stands there by then: typing goes on while a save waits for its answer.
 */
export type SecretsSettled =
  { readonly kind: 'references'; readonly withReferences: <T>(content: T) => T } | { readonly kind: 'clear' } | { readonly kind: 'cancel' }

/** @param error of the kind `SecretInFile` */
export async function settleSecrets(error: WireError, collectionId: CollectionId): Promise<SecretsSettled> {
  const secrets = secretsOf(error)
  const choice = await askOfSecrets(error)
  if (choice !== 'reference') return { kind: choice }
  const values = await valuesOf(secrets, collectionId)
  return values === null ? { kind: 'cancel' } : { kind: 'references', withReferences: (content) => withReferences(content, values) }
}

/** The same where core itself can put the references: only the choice is wanted. */
export function askOfSecrets(error: WireError): Promise<'reference' | 'clear' | 'cancel'> {
  return ask('secretInFile', { secrets: secretsOf(error) })
}

/** Core lists them in the error's details. */
function secretsOf({ details }: WireError): SecretRef[] {
  return Array.isArray(details?.secrets) ? details.secrets.filter(isSecretRef) : []
}

function isSecretRef(one: unknown): one is SecretRef {
  return typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string' && 'origin' in one
}

/** Null where one cannot be read; that has been told then. */
async function valuesOf(secrets: readonly SecretRef[], collectionId: CollectionId): Promise<NamedValue[] | null> {
  const values: NamedValue[] = []
  for (const { name, origin } of secrets) {
    const read = await platform().call('secret.read', { collectionId, origin, name })
    if (!read.ok) {
      useAppStore.getState().addNotice(noticeOf(read.error))
      return null
    }
    if (read.value.value !== null) values.push({ name, value: read.value.value })
  }
  // A longer one first, in case it holds another.
  return values.sort((one, other) => other.value.length - one.value.length)
}
