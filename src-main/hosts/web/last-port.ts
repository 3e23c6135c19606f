/**
 * The port that a data folder was served on last, to be tried first by the next host: a window in a browser that
 * outlives its host looks for it at the old address, and its journal is kept under that address.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const FILE = 'web-port.json'

/** Null where none is known. */
export async function lastPort(dataDir: string): Promise<number | null> {
  try {
    const value: unknown = JSON.parse(await readFile(join(dataDir, FILE), 'utf8'))
    const port = typeof value === 'object' && value !== null && 'port' in value ? value.port : null
    return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null
  } catch {
    // None was kept, or it is damaged: then any port will do.
    return null
  }
}

/** Keep a port for the next host. Where that cannot be, the core tells why the data folder is of no use. */
export async function keepPort(dataDir: string, port: number): Promise<void> {
  const path = join(dataDir, FILE)
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, `${JSON.stringify({ port })}\n`, { mode: 0o600 })
    .then(() => rename(temporary, path))
    .catch(() => undefined)
}
