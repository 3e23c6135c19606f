/**
 * Certificates of the authorities that a request names, or the environment does. The bundle of a system is 200 KiB, and asked
 * for with every send and every key that is typed: it is read again only when it has changed.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

const MAX_FOLDER_FILES = 2000
/** One or two are in use at a time. */
const MOST_KEPT = 4

interface Kept {
  /** What tells the files from what they were. */
  readonly signature: string
  readonly texts: Promise<readonly string[]>
}

const kept = new Map<string, Kept>()

/**
 * The texts of a file of certificates, or of a folder of such files. A folder is one of c_rehash, or of any files that hold
 * certificates; what else is in it is passed over.
 *
 * @throws the system's error
 */
export async function pemTexts(path: string): Promise<readonly string[]> {
  const isFolder = (await stat(path)).isDirectory()
  const files = isFolder ? (await readdir(path)).sort().slice(0, MAX_FOLDER_FILES) : []
  const paths = isFolder ? files.map((name) => join(path, name)) : [path]
  const signature = (await Promise.all(paths.map(signatureOf))).join()
  const known = kept.get(path)
  if (known?.signature === signature) return known.texts
  const texts = isFolder ? textsIn(paths) : readFile(path, 'utf8').then((text) => [text])
  kept.delete(path)
  kept.set(path, { signature, texts })
  for (const oldest of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(oldest)
  texts.catch(() => kept.delete(path))
  return texts
}

/** Of a link, that of where it leads; empty where that is nowhere. */
async function signatureOf(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => null)
  return found ? `${path}:${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}` : ''
}

async function textsIn(paths: readonly string[]): Promise<readonly string[]> {
  const texts = new Set<string>()
  for (const path of paths) {
    const text = await readFile(path, 'utf8').catch(() => '') // a folder in it, or a link that leads nowhere
    if (/-----BEGIN (?:TRUSTED )?CERTIFICATE-----/.test(text)) texts.add(text)
  }
  return [...texts]
}
