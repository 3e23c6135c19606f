/** The referees: servers that no one here wrote, each on a free port of 127.0.0.1 with its own configuration. */
import { mkdir, writeFile } from 'node:fs/promises'
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
      server { listen 127.0.0.1:${port}${tls ? ' ssl' : ''}; ${lines} root ${folder}/html; ${server} }
    }`
  const path = join(folder, 'nginx.conf')
  await writeFile(path, config)
  return startServer('nginx', ['-p', folder, '-e', join(folder, 'error.log'), '-c', path], port, 'nginx-light', tls ? 'https' : 'http')
}
