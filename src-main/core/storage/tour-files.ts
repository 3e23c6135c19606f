/** Writes the tour into a folder: at the first start, and again for who wants it back. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { atomicWrite } from './atomic-write.ts'
import { COLLECTION_FILE, FOLDER_FILE } from './item-paths.ts'
import { writeEnvironment } from './opencollection/environment-format.ts'
import { newCollectionText, newFolderText, withSettings } from './opencollection/info-format.ts'
import { newRequestText } from './opencollection/request-format.ts'
import { TOUR_COLLECTION, TOUR_DEFAULTS, TOUR_ENVIRONMENTS, TOUR_FILE, TOUR_FOLDER, TOUR_FOLDER_DEFAULTS, TOUR_STEPS } from './tour.ts'

/**
 * Make what of the tour is missing in a folder; what is there stays as it is.
 *
 * @throws {CoreError} `StorageError`
 */
export async function writeTour(root: string): Promise<void> {
  for (const [path, text] of tourFiles()) {
    const file = join(root, path)
    if (!existsSync(file)) await atomicWrite(file, text)
  }
}

/** Whether a folder holds the tour, or what is left of it. */
export function holdsTour(root: string): boolean {
  return TOUR_STEPS.some(({ folder, document }) => existsSync(join(root, folder ?? '', `${document.name}.yml`)))
}

/** By their paths in the collection. */
function tourFiles(): ReadonlyMap<string, string> {
  const steps = TOUR_STEPS.map(({ folder, document }, index): [string, string] => [
    join(folder ?? '', `${document.name}.yml`),
    newRequestText(document, folder === undefined ? index + 1 : 1),
  ])
  const folderSeq = TOUR_STEPS.findIndex(({ folder }) => folder === TOUR_FOLDER) + 1
  return new Map([
    [COLLECTION_FILE, withSettings(newCollectionText(TOUR_COLLECTION), COLLECTION_FILE, { defaults: TOUR_DEFAULTS })],
    [join(TOUR_FOLDER, FOLDER_FILE), withSettings(newFolderText(TOUR_FOLDER, folderSeq), FOLDER_FILE, { defaults: TOUR_FOLDER_DEFAULTS })],
    ...TOUR_ENVIRONMENTS.map((one): [string, string] => {
      const file = `${one.name}.yml`
      return [join('environments', file), writeEnvironment('', one, file, one.name)]
    }),
    [TOUR_FILE.name, TOUR_FILE.text],
    ...steps,
  ])
}
