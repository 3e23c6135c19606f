/** The referees: servers that no one here wrote, each on a free port of 127.0.0.1 with its own configuration. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { freePort, startServer, type RunningServer } from './process.ts'

/** Debian's Python packages belong to this interpreter, whatever comes first on PATH. */
const PYTHON = '/usr/bin/python3'

/** httpbin, Debian's python3-httpbin. */
export async function startHttpbin(): Promise<RunningServer> {
  const port = await freePort()
  const code = `from httpbin import app; app.run(host='127.0.0.1', port=${port}, threaded=True)`
  return startServer(PYTHON, ['-c', code], port, 'python3-httpbin')
}

/** A Flask page that takes uploads and says what it got. */
export async function startFlaskUpload(): Promise<RunningServer> {
  const port = await freePort()
  return startServer(PYTHON, [resolve(import.meta.dirname, 'upload_app.py'), String(port)], port, 'python3-flask')
}

export interface NginxOptions {
  /** Where it may write, and what it serves from `html` below it. */
  readonly folder: string
  /** Directives of the server block, after `listen`. */
  readonly server: string
  readonly tls?: { readonly certificate: string; readonly key: string }
}

/** nginx with one server block. */
export async function startNginx({ folder, server, tls }: NginxOptions): Promise<RunningServer> {
  const port = await freePort()
  await mkdir(join(folder, 'html'), { recursive: true })
  const lines = tls ? `ssl_certificate ${tls.certificate}; ssl_certificate_key ${tls.key};` : ''
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')
  const config = `
    worker_processes 1; error_log ${folder}/error.log; pid ${folder}/nginx.pid; daemon off; user root;
    events {}
    http {
      ${temp}
      access_log ${folder}/access.log;
      types { text/html html; application/json json; image/png png; text/plain txt; application/octet-stream bin; }
      server { listen 127.0.0.1:${port}${tls ? ' ssl http2' : ''}; ${lines} root ${folder}/html; ${server} }
    }`
  const path = join(folder, 'nginx.conf')
  await writeFile(path, config)
  return startServer('nginx', ['-p', folder, '-e', join(folder, 'error.log'), '-c', path], port, 'nginx-light', tls ? 'https' : 'http')
}

export interface SquidOptions {
  /** Where it may write; others must be able to reach it, because squid does not stay root. */
  readonly folder: string
  /** Who is let in: everyone, or `u` with the password `secret`. */
  readonly auth: 'none' | 'basic' | 'digest'
}

/** squid as a forward proxy that keeps nothing; its access log is `access.log` in the folder. */
export async function startSquid({ folder, auth }: SquidOptions): Promise<RunningServer> {
  const port = await freePort()
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o777)
  const password = 'secret'
  const hash = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest('hex')
  await writeFile(join(folder, 'basic'), `u:${execFileSync('openssl', ['passwd', '-apr1', password]).toString()}`)
  await writeFile(join(folder, 'digest'), `u:r:${hash('md5', `u:r:${password}`)}\n`)
  const programs = {
    none: 'http_access allow all',
    basic: `auth_param basic program /usr/lib/squid/basic_ncsa_auth ${folder}/basic`,
    digest: `auth_param digest program /usr/lib/squid/digest_file_auth -c ${folder}/digest\nauth_param digest realm r\nauth_param digest children 1`,
  }
  const asking =
    auth === 'none' ? '' : `auth_param ${auth} realm r\nacl users proxy_auth REQUIRED\nhttp_access allow users\nhttp_access deny all`
  const config = `
${programs[auth]}
${asking}
http_port 127.0.0.1:${port}
cache deny all
strip_query_terms off
pid_filename none
access_log stdio:${folder}/access.log
cache_log ${folder}/cache.log
coredump_dir ${folder}
shutdown_lifetime 0 seconds
visible_hostname squid.test
`
  const path = join(folder, 'squid.conf')
  await writeFile(path, config)
  return startServer('squid', ['-N', '-f', path], port, 'squid')
}

/** microsocks, a SOCKS 5 proxy. */
export async function startMicrosocks(login?: { readonly user: string; readonly password: string }): Promise<RunningServer> {
  const port = await freePort()
  const who = login ? ['-u', login.user, '-P', login.password] : []
  return startServer('microsocks', ['-i', '127.0.0.1', '-p', String(port), ...who], port, 'microsocks', 'socks5')
}
