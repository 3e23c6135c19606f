/** Writes the tour into a folder: at the first start, and again for who wants it back. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { atomicWrite } from './atomic-write.ts'
import { COLLECTION_FILE, FOLDER_FILE } from './item-paths.ts'
import { writeEnvironment } from './opencollection/environment-format.ts'
import { newCollectionText, newFolderText, withSettings } from './opencollection/info-format.ts'
import { newRequestText } from './opencollection/request-format.ts'
import type { Tour } from './tour.ts'

/**
 * Make what of the tour is missing in a folder; what is there stays as it is.
 *
 * @throws {CoreError} `StorageError`
 */
export async function writeTour(root: string, tour: Tour): Promise<void> {
  for (const [path, text] of tourFiles(tour)) {
    const file = join(root, path)
    if (!existsSync(file)) await atomicWrite(file, text)
  }
}

/** Whether a folder holds the tour, or what is left of it. */
export function holdsTour(root: string, { folder, steps }: Tour): boolean {
  return steps.some(({ isInFolder, document }) => existsSync(join(root, isInFolder ? folder : '', `${document.name}.yml`)))
}

/** By their paths in the collection. */
function tourFiles(tour: Tour): ReadonlyMap<string, string> {
  const { name, folder, defaults, folderDefaults } = tour
  const steps = tour.steps.map(({ isInFolder, document }, index): [string, string] => [
    join(isInFolder ? folder : '', `${document.name}.yml`),
    newRequestText(document, isInFolder ? 1 : index + 1),
  ])
  const folderSeq = tour.steps.findIndex(({ isInFolder }) => isInFolder) + 1
  return new Map([
    [COLLECTION_FILE, withSettings(newCollectionText(name), COLLECTION_FILE, { defaults })],
    [join(folder, FOLDER_FILE), withSettings(newFolderText(folder, folderSeq), FOLDER_FILE, { defaults: folderDefaults })],
    ...tour.environments.map((one): [string, string] => {
      const file = `${one.name}.yml`
      return [join('environments', file), writeEnvironment('', one, file, one.name)]
    }),
    [tour.file.name, tour.file.text],
    ...steps,
  ])
}
