/** Where the file of a worker thread is. */
import { existsSync } from 'node:fs'

/**
 * Beside the source that starts it, or where the build put it: next to the bundle, or above its chunks.
 *
 * @param name of its file, without ending
 * @param from address of the source that starts it
 */
export function workerFile(name: string, from: string): URL {
  const candidates = [`./${name}.ts`, `./${name}.js`, `../${name}.js`].map((path) => new URL(path, from))
  const found = candidates.find((url) => existsSync(url))
  if (!found) throw new Error(`The file of ${name} is not beside ${from}`)
  return found
}
