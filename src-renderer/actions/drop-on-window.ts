/**
 * Files dropped on the window, but on no part of it that takes files: a collection of another program is offered to be
 * imported, all else belongs to the request in front. Where none is open, everything is looked at for an import.
 */
import type { DraftId } from '#contract/model/ids.ts'
import { isImportName, looksLikeCollection } from '../lib/looks-like-import.ts'
import { childrenOf, isFileEntry, nameOfSource, sourcesOf, type Source } from './dropped-files.ts'
import { addFoundFiles } from './files.ts'
import { openImportOf } from './import.ts'
import { t } from '../lib/t.ts'

/** So much of a file tells what it is. */
const LOOKED_AT = 32 * 1024

interface Dropped {
  readonly source: Source
  /** Its content, where the page may read that. */
  readonly file: File | null
  readonly entry: FileSystemEntry | null
}

/** @param showBody where the files become part of the request's body. Call it while the drop is being handled. */
export async function dropOnWindow(draftId: DraftId | null, dropped: DataTransfer, showBody: () => void): Promise<void> {
  const items = [...dropped.items].filter(({ kind }) => kind === 'file')
  // Read while the event lasts.
  const handles = items.map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry() }))
  const sources = sourcesOf(dropped)
  const found = sources.map((source, index): Dropped => ({ source, ...(handles[index] ?? { file: null, entry: null }) }))
  const addToBody = (): void => {
    if (draftId === null) return
    void addFoundFiles(draftId, sources)
    showBody()
  }
  if (draftId === null) openImportOf(sources)
  else if (found.length > 0 && (await areImports(found))) openImportOf(sources, { label: t`Add to the body instead`, run: addToBody })
  else addToBody()
}

/** One that is another program's is enough: an environment beside a collection, say, belongs to it. */
async function areImports(dropped: readonly Dropped[]): Promise<boolean> {
  for (const one of dropped.slice(0, 20)) if (await isImport(one)) return true
  return false
}

async function isImport({ source, file, entry }: Dropped): Promise<boolean> {
  if (entry?.isDirectory === true) return holdsCollection(entry)
  const byName = isImportName(nameOfSource(source))
  if (byName !== null || file === null) return byName ?? false
  const start = await file
    .slice(0, LOOKED_AT)
    .text()
    .catch(() => '')
  return looksLikeCollection(start)
}

/** A folder is one by the names of the files right in it. */
async function holdsCollection(entry: FileSystemEntry): Promise<boolean> {
  // The browser makes entries of these two kinds only.
  const children = await childrenOf(entry as FileSystemDirectoryEntry)
  return children.some((child) => isFileEntry(child) && isImportName(child.name) === true)
}
