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
  readonly issue: (altNames: string, options?: { readonly days?: number; readonly commonName?: string }) => Promise<TlsFiles>
}

/** Make an authority. Call it from within a test. */
export async function makeAuthority(): Promise<Authority> {
  const dir = await tempDir()
  const caKey = join(dir, 'ca.key')
  const caPath = join(dir, 'ca.pem')
  await run('openssl', [...newKey(caKey), '-x509', '-days', '30', '-subj', '/O=Posthaste Test/CN=Test Authority', '-out', caPath])
  let serial = 0
  return {
    ca: await readFile(caPath, 'utf8'),
    caPath,
    issue: async (altNames, { days = 30, commonName = 'test' } = {}) => {
      serial += 1
      const [key, request, cert, extensions] = ['key', 'csr', 'pem', 'ext'].map((end) => join(dir, `${serial}.${end}`)) as [
        string,
        string,
        string,
        string,
      ] // four names give four paths
      await writeFile(extensions, altNames === '' ? 'basicConstraints=CA:FALSE\n' : `subjectAltName=${altNames}\n`)
      await run('openssl', [...newKey(key), '-subj', `/CN=${commonName}`, '-out', request])
      const signing = ['x509', '-req', '-in', request, '-CA', caPath, '-CAkey', caKey, '-CAcreateserial', '-days', String(days)]
      await run('openssl', [...signing, '-extfile', extensions, '-out', cert])
      return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
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

function newKey(path: string): string[] {
  return ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', path]
}
