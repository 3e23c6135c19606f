/** Writes the samples of the first start into a folder. */
import { join } from 'node:path'
import { atomicWrite } from './atomic-write.ts'
import { nameForItem } from './file-names.ts'
import { COLLECTION_FILE, FOLDER_FILE } from './item-paths.ts'
import { newCollectionText, newFolderText } from './opencollection/info-format.ts'
import { newRequestText } from './opencollection/request-format.ts'
import { WELCOME_COLLECTION, WELCOME_FOLDER, WELCOME_REQUESTS } from './welcome.ts'

/** Make the collection of samples in a folder. @throws {CoreError} `StorageError` */
export async function writeWelcome(root: string): Promise<void> {
  await atomicWrite(join(root, COLLECTION_FILE), newCollectionText(WELCOME_COLLECTION))
  await atomicWrite(join(root, WELCOME_FOLDER, FOLDER_FILE), newFolderText(WELCOME_FOLDER, 1))
  for (const [index, document] of WELCOME_REQUESTS.entries()) {
    await atomicWrite(join(root, WELCOME_FOLDER, `${nameForItem(document.name, 'request')}.yml`), newRequestText(document, index + 1))
  }
}
