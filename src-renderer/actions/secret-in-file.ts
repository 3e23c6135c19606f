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

/** How to go on: save `content` in place of what was to be saved, or save that in clear. */
export type SecretsSettled<T> = { readonly kind: 'save'; readonly content: T; readonly allowSecrets: boolean } | { readonly kind: 'cancel' }

/**
 * @param error of the kind `SecretInFile`
 * @param content what was to be saved
 */
export async function settleSecrets<T>(error: WireError, content: T, collectionId: CollectionId): Promise<SecretsSettled<T>> {
  const secrets = secretsOf(error)
  const choice = await askOfSecrets(error)
  if (choice === 'cancel') return { kind: 'cancel' }
  if (choice === 'clear') return { kind: 'save', content, allowSecrets: true }
  const values = await valuesOf(secrets, collectionId)
  return values === null ? { kind: 'cancel' } : { kind: 'save', content: withReferences(content, values), allowSecrets: false }
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
