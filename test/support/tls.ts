/** Certificates made on the spot by openssl: an authority, and what it signs, good and bad. */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TlsFiles } from './http-server.ts'
import { tempDir } from './temp-dir.ts'

const run = promisify(execFile)

export interface Authority {
  /** PEM. */
  readonly ca: string
  readonly caPath: string
  /** @param altNames such as `DNS:localhost,IP:127.0.0.1`; empty: none, only a common name */
  readonly issue: (altNames: string, options?: IssueOptions) => Promise<TlsFiles>
  /** One for 127.0.0.1 by an authority in between, whose own certificate holds for so many days and is sent along. */
  readonly issueBelow: (days: number) => Promise<TlsFiles>
}

interface IssueOptions {
  readonly days?: number
  readonly commonName?: string
  /** Such as `clientAuth`; absent: for anything. */
  readonly usage?: string
  /** Absent: a key on a curve. */
  readonly rsaBits?: number
}

interface Signer {
  readonly cert: string
  readonly key: string
}

/** Make an authority. Call it from within a test. */
export async function makeAuthority(): Promise<Authority> {
  const dir = await tempDir()
  const root: Signer = { cert: join(dir, 'ca.pem'), key: join(dir, 'ca.key') }
  await run('openssl', [...newKey(root.key), '-x509', '-days', '30', '-subj', '/O=Posthaste Test/CN=Test Authority', '-out', root.cert])
  let serial = 0
  const sign = async (by: Signer, extensions: string, { days = 30, commonName = 'test', rsaBits }: IssueOptions): Promise<Signer> => {
    serial += 1
    const fileOf = (end: string): string => join(dir, `${serial}.${end}`)
    const made: Signer = { cert: fileOf('pem'), key: fileOf('key') }
    await writeFile(fileOf('ext'), extensions)
    await run('openssl', [...newKey(made.key, rsaBits), '-subj', `/CN=${commonName}`, '-out', fileOf('csr')])
    const signing = ['x509', '-req', '-in', fileOf('csr'), '-CA', by.cert, '-CAkey', by.key, '-CAcreateserial', '-days', String(days)]
    await run('openssl', [...signing, '-extfile', fileOf('ext'), '-out', made.cert])
    return made
  }
  return {
    ca: await readFile(root.cert, 'utf8'),
    caPath: root.cert,
    issue: async (altNames, options = {}) => {
      const names = altNames === '' ? 'basicConstraints=CA:FALSE\n' : `subjectAltName=${altNames}\n`
      const made = await sign(root, options.usage === undefined ? names : `${names}extendedKeyUsage=${options.usage}\n`, options)
      return { key: await readFile(made.key, 'utf8'), cert: await readFile(made.cert, 'utf8') }
    },
    issueBelow: async (days) => {
      const between = await sign(root, 'basicConstraints=critical,CA:TRUE\n', { days, commonName: 'Between' })
      const made = await sign(between, 'subjectAltName=IP:127.0.0.1\n', {})
      const [own, above] = [await readFile(made.cert, 'utf8'), await readFile(between.cert, 'utf8')]
      return { key: await readFile(made.key, 'utf8'), cert: own + above }
    },
  }
}

/** A certificate that only vouches for itself. */
export async function selfSigned(altNames: string): Promise<TlsFiles> {
  const dir = await tempDir()
  const [key, cert] = [join(dir, 'self.key'), join(dir, 'self.pem')]
  const names = ['-addext', `subjectAltName=${altNames}`]
  await run('openssl', [...newKey(key), '-x509', '-days', '30', '-subj', '/CN=self', ...names, '-out', cert])
  return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
}

function newKey(path: string, rsaBits?: number): string[] {
  const kind = rsaBits === undefined ? ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'] : [`rsa:${rsaBits}`]
  return ['req', '-newkey', ...kind, '-nodes', '-keyout', path]
}
