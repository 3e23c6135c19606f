/**
 * What the system handed to the app: a collection is opened, all else is put before the user in the import dialog, for a
 * link may come from any page.
 */
import { openCollection } from './collections.ts'
import type { Source } from './dropped-files.ts'
import { openImportOf } from './import.ts'
import { platform } from './platform-ref.ts'

export async function takeOpened(): Promise<void> {
  const taken = await platform().callHost('shell.takeOpened', {})
  if (!taken.ok) return
  const { opened } = taken.value
  for (const { path } of opened.filter((one) => one.kind === 'collection')) await openCollection(path)
  const files = opened.filter((one) => one.kind === 'file').map(({ path }): Source => ({ kind: 'path', path, isFolder: false }))
  const text = opened.findLast((one) => one.kind === 'text')?.text
  if (files.length > 0) openImportOf(files)
  else if (text !== undefined) openImportOf(text)
}
