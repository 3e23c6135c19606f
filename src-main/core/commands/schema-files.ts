/** Files of schemas that assertions name: of the collection that the request is in, and not larger than a schema is. */
import { readFile, realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ReadSchema } from '../checks/schema.ts'
import { problem } from '../checks/value.ts'
import { CoreError, systemCode } from '../lib/core-error.ts'
import { isWithin } from '../storage/item-paths.ts'
import { parseYaml } from '../storage/opencollection/yaml-source.ts'

const MAX_BYTES = 1024 * 1024

/** @param root the collection's folder, or that of a file in none; null: there is none */
export function schemaReader(root: string | null): ReadSchema {
  return async (path) => {
    if (root === null) return problem('A file of a schema is looked for below the collection, and the request is in none.')
    try {
      const [folder, file] = await Promise.all([realpath(root), realpath(resolve(root, path))])
      if (!isWithin(folder, file)) return problem(`The schema ${path} is outside of the collection.`)
      const { size } = await stat(file)
      if (size > MAX_BYTES) return problem(`The schema ${path} is larger than 1 MiB.`)
      const text = await readFile(file, 'utf8')
      return /\.ya?ml$/i.test(path) ? JSON.stringify(parseYaml(text, path).document.toJS()) : text
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return problem(`There is no schema ${path} in the collection’s folder.`)
      if (error instanceof CoreError) return problem(error.message)
      const code = systemCode(error)
      if (code !== null) return problem(`The schema ${path} cannot be read (${code}).`)
      throw error
    }
  }
}
