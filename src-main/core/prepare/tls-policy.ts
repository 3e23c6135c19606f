/**
 * TLS as a request wants it: whom to trust (its option, else the environment's CA bundle), the client certificate, the
 * versions. Files are read and checked here, so that a wrong passphrase stands beside its field before anything is sent.
 */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Options } from '#contract/model/request.ts'
import { TLS_VERSIONS } from '#contract/model/wire-options.ts'
import { systemCode } from '../lib/core-error.ts'
import { checkedIdentity } from './client-identity.ts'
import type { Authorities, ClientIdentity, TlsPolicy } from './prepared-request.ts'
import type { Environment } from './proxy-choice.ts'
import { pathFrom } from './option-paths.ts'
import { pemTexts } from './pem-texts.ts'
import type { Problems } from './problems.ts'

/** The first that is set counts. requests knows the first two, OpenSSL and much else the third. */
const CA_VARIABLES = ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE']

export interface TlsSurroundings {
  /** What relative paths are relative to; null where there is nothing. */
  readonly baseDir: string | null
  readonly env: Environment
  /** The texts of a CA file or folder, where they are read once for many requests; absent: they are read anew. */
  readonly pemsAt?: ((path: string) => Promise<readonly string[]>) | undefined
  /** Whether it matters now that a CA file of the environment cannot be read; a redirect may make it matter later. */
  readonly isSecure: boolean
}

/** The TLS policy of a request's options; what cannot be used becomes problems beside its field. */
export async function tlsPolicyOf(options: Options, around: TlsSurroundings, problems: Problems): Promise<TlsPolicy> {
  const { minVersion = null, maxVersion = null } = options.tls ?? {}
  if (minVersion && maxVersion && TLS_VERSIONS.indexOf(minVersion) > TLS_VERSIONS.indexOf(maxVersion)) {
    const message = `The lowest TLS version, ${minVersion}, is above the highest, ${maxVersion}.`
    problems.add('InvalidOption', { section: 'options', field: 'tls.maxVersion' }, message, 'Choose a higher one, or none.')
  }
  const verify = verification(options, around, problems)
  return {
    verify: typeof verify === 'boolean' ? verify : await verify,
    client: options.cert ? await clientIdentity(options.cert, around.baseDir, problems) : null,
    minVersion,
    maxVersion,
  }
}

/** An empty path means the default, never "do not verify": only an explicit false does. */
function verification(options: Options, around: TlsSurroundings, problems: Problems): boolean | Promise<Authorities> {
  const { verify, trustEnv } = options
  if (verify === false) return false
  if (typeof verify === 'string' && verify !== '') {
    const path = pathFrom(verify, 'verify', around.baseDir, problems)
    return path === null ? true : authorities(path, null, { ...around, isSecure: true }, problems)
  }
  const variable = trustEnv === false ? undefined : CA_VARIABLES.find((name) => around.env[name])
  const path = variable === undefined ? undefined : around.env[variable]
  if (variable === undefined || path === undefined) return true
  return authorities(resolve(path), variable, around, problems)
}

async function authorities(
  path: string,
  variable: string | null,
  { isSecure: matters, pemsAt = pemTexts }: TlsSurroundings,
  problems: Problems,
): Promise<Authorities> {
  try {
    return { pems: await pemsAt(path), path, variable }
  } catch (error) {
    if (matters) {
      const from = variable === null ? '' : `, which ${variable} of the environment names,`
      const hint =
        variable === null
          ? 'Choose a file of certificates in PEM form, or a folder of such files.'
          : 'Correct the variable, choose a CA file here, or switch off the environment’s settings.'
      const message = `The CA file${from} ${faultOf(error)}: ${path}.`
      problems.add('FileNotFound', { section: 'options', field: 'verify' }, message, hint)
    }
    return { pems: null, path, variable }
  }
}

async function clientIdentity(
  cert: NonNullable<Options['cert']>,
  baseDir: string | null,
  problems: Problems,
): Promise<ClientIdentity | null> {
  const { cert: certPath = '', key: keyPath = '', pfx: pfxPath = '', passphrase = '' } = cert
  const secret = passphrase === '' ? null : passphrase
  if (pfxPath !== '') {
    if (certPath !== '' || keyPath !== '') {
      const message = 'There are two client certificates: a PFX file and PEM files.'
      problems.add('InvalidOption', { section: 'options', field: 'cert.pfx' }, message, 'Keep one of them.')
      return null
    }
    const pfx = await fileBytes(pfxPath, 'cert.pfx', 'PFX file', baseDir, problems)
    return pfx && checkedIdentity({ kind: 'pfx', pfx, passphrase: secret }, pfxPath, problems)
  }
  if (certPath === '') {
    if (keyPath !== '') {
      const message = 'There is a key of a client certificate, but no certificate.'
      problems.add('InvalidOption', { section: 'options', field: 'cert.cert' }, message, 'Choose the certificate that belongs to it.')
    }
    return null
  }
  const [certificate, key] = [
    await fileBytes(certPath, 'cert.cert', 'client certificate', baseDir, problems),
    keyPath === '' ? undefined : await fileBytes(keyPath, 'cert.key', 'key of the client certificate', baseDir, problems),
  ]
  if (certificate === null || key === null) return null
  const text = certificate.toString('utf8')
  const identity = { kind: 'pem', cert: text, key: key?.toString('utf8') ?? text, passphrase: secret } as const
  return checkedIdentity(identity, keyPath === '' ? certPath : keyPath, problems)
}

async function fileBytes(path: string, field: string, what: string, baseDir: string | null, problems: Problems): Promise<Buffer | null> {
  const absolute = pathFrom(path, field, baseDir, problems)
  if (absolute === null) return null
  try {
    return await readFile(absolute)
  } catch (error) {
    problems.add('FileNotFound', { section: 'options', field }, `The ${what} ${faultOf(error)}: ${absolute}.`, 'Choose it again.')
    return null
  }
}

function faultOf(error: unknown): string {
  const code = systemCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'is not there'
  if (code === 'EISDIR') return 'is a folder'
  return code === 'EACCES' || code === 'EPERM' ? 'may not be read' : 'could not be read'
}
