/** Paths in the options: relative ones are below the collection's root, as those of bodies are. */
import { isAbsolute, resolve } from 'node:path'
import type { Problems } from './problems.ts'

/**
 * The whole path of an option.
 *
 * @param field its name, such as `cert.key`
 * @returns null, with a problem beside the field, where it is relative to nothing
 */
export function pathFrom(path: string, field: string, baseDir: string | null, problems: Problems): string | null {
  if (isAbsolute(path) || baseDir !== null) return resolve(baseDir ?? '/', path)
  const message = `"${path}" is a relative path, and this request is in no collection yet.`
  problems.add('FileNotFound', { section: 'options', field }, message, 'Save the request first, or give the whole path.')
  return null
}
