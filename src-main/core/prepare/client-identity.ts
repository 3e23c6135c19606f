/**
 * Whether a client certificate, its key and its passphrase fit each other, found out by OpenSSL itself before anything
 * is sent, and said in words beside the field that is wrong.
 */
import { createHash, createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { messageOf, systemCode } from '../lib/core-error.ts'
import type { ClientIdentity } from './prepared-request.ts'
import type { Problems } from './problems.ts'

interface Fault {
  readonly field: string
  readonly message: string
  readonly hint: string
}

const MAX_REMEMBERED = 16
/** By what was checked: deriving a key from a passphrase is slow on purpose, and a preview is made at every key. */
const verdicts = new Map<string, Fault | null>()

/** The identity where all fits; null, with a problem, where not. */
export function checkedIdentity(identity: ClientIdentity, path: string, problems: Problems): ClientIdentity | null {
  const hash = createHash('sha256').update(`${identity.passphrase === null}${identity.passphrase ?? ''}\0${path}\0`)
  if (identity.kind === 'pfx') hash.update(identity.pfx)
  else hash.update(`${identity.cert}\0${identity.key}`)
  const id = hash.digest('hex')
  if (!verdicts.has(id)) {
    if (verdicts.size >= MAX_REMEMBERED) verdicts.clear()
    verdicts.set(id, identity.kind === 'pfx' ? pfxFault(identity, path) : pemFault(identity, path))
  }
  const fault = verdicts.get(id)
  if (!fault) return identity
  problems.add('SSLError', { section: 'options', field: fault.field }, fault.message, fault.hint)
  return null
}

function pfxFault({ pfx, passphrase }: Extract<ClientIdentity, { kind: 'pfx' }>, path: string): Fault | null {
  try {
    createSecureContext({ pfx, ...(passphrase !== null && { passphrase }) })
    return null
  } catch (error) {
    const words = `${systemCode(error) ?? ''} ${messageOf(error)}`
    if (/mac verify failure|MAC_VERIFY_FAILURE|INCORRECT_PASSWORD/i.test(words)) return wrongPassphrase(passphrase, `the PFX file ${path}`)
    if (/unsupported/i.test(words)) {
      const message = `The PFX file ${path} is encrypted in a way that is too old to be read.`
      return {
        field: 'cert.pfx',
        message,
        hint: 'Export it again with AES, or convert it to PEM: openssl pkcs12 -legacy -in FILE -out FILE.pem.',
      }
    }
    return { field: 'cert.pfx', message: `The file ${path} is no PFX (PKCS #12) file.`, hint: 'Choose a .pfx or .p12 file.' }
  }
}

function pemFault({ cert, key, passphrase }: Extract<ClientIdentity, { kind: 'pem' }>, path: string): Fault | null {
  const certificate = certificateOf(cert)
  if (!certificate) {
    const message = 'The file of the client certificate holds no certificate in PEM form.'
    return {
      field: 'cert.cert',
      message,
      hint: 'Choose a .pem or .crt file that begins with BEGIN CERTIFICATE; a .pfx or .p12 file goes in its own field.',
    }
  }
  const secret = privateKeyOf(key, passphrase)
  if (secret === 'encrypted') return wrongPassphrase(passphrase, `the key ${path}`)
  if (secret === null) {
    const message = `There is no private key in ${path}.`
    return { field: 'cert.key', message, hint: 'Choose the key that belongs to the certificate, in PEM form.' }
  }
  if (certificate.checkPrivateKey(secret)) return null
  const message = `The key ${path} does not belong to the client certificate.`
  return { field: 'cert.key', message, hint: 'Choose the key that the certificate was made with.' }
}

function wrongPassphrase(passphrase: string | null, of: string): Fault {
  const message = passphrase === null ? `A passphrase is needed to read ${of}.` : `The passphrase of ${of} is wrong.`
  return { field: 'cert.passphrase', message, hint: 'Type the passphrase that it was made with.' }
}

function certificateOf(pem: string): X509Certificate | null {
  try {
    return new X509Certificate(pem)
  } catch {
    return null
  }
}

function privateKeyOf(pem: string, passphrase: string | null): KeyObject | 'encrypted' | null {
  const isEncrypted = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(pem)
  try {
    return createPrivateKey({ key: pem, ...(passphrase !== null && { passphrase }) })
  } catch {
    return isEncrypted ? 'encrypted' : null
  }
}
