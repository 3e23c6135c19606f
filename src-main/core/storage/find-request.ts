/** Finds a saved request of a collection by its path or its name. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CoreError } from '../lib/core-error.ts'
import { isRequestFile, itemPath } from './item-paths.ts'
import { scanTree, type Item } from './tree.ts'

/**
 * @param root of the collection
 * @param words its path below that (`folder/login`, with or without its ending), or its name
 * @returns the absolute path of its file
 * @throws {CoreError} `NotFound` where there is none, or several of the name
 */
export async function findRequest(root: string, words: string): Promise<string> {
  const byPath = await atPath(root, words.replace(/^\.?\//, ''))
  if (byPath !== null) return byPath
  const found = named(words, (await scanTree(root, null)).tree.items)
  const [first, second] = found
  if (!first)
    throw new CoreError('NotFound', 'resolve', `There is no saved request “${words}” in this collection.`, {
      hint: 'Give its name, or its path such as folder/login.',
    })
  if (second) {
    const paths = found.slice(0, 5).map(({ path }) => path)
    throw new CoreError('NotFound', 'resolve', `There are several requests “${words}”: ${paths.join(', ')}.`, {
      hint: 'Give the path of one.',
    })
  }
  return join(root, ...first.path.split('/'))
}

async function atPath(root: string, path: string): Promise<string | null> {
  for (const candidate of isRequestFile(path.split('/').at(-1) ?? '') ? [path] : [`${path}.yml`, `${path}.yaml`]) {
    try {
      const file = itemPath(root, candidate)
      if ((await stat(file).catch(() => null))?.isFile() === true) return file
    } catch (error) {
      if (!(error instanceof CoreError)) throw error
    }
  }
  return null
}

function named(name: string, items: readonly Item[]): Item[] {
  return items.flatMap((item) =>
    item.kind === 'folder' ? named(name, item.children) : item.kind === 'request' && item.name === name ? [item] : [],
  )
}
