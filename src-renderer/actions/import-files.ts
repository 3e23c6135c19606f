/**
 * Files that are to be imported, as core can read them: by their path where the host has real ones, else copied to the
 * data folder. Each keeps the name that it had in the folder it came from.
 */
import type { WireError } from '#contract/errors.ts'
import { assertNever, failed, ok, type Result } from '#contract/result.ts'
import { baseName } from '../lib/file-names.ts'
import { capabilities } from '../platform/use-capability.ts'
import type { ImportFile } from '../stores/import-store.ts'
import { childrenOf, fileOf, isDirectoryEntry, isFileEntry, type Source } from './dropped-files.ts'
import { platform } from './platform-ref.ts'
import { t } from '../lib/t.ts'
import { formatNumber } from '../lib/format-number.ts'

/** Copied one by one, which is for hundreds of files and not for tens of thousands. */
const MAX_COPIED = 5000

type Named = { readonly name: string } & ({ readonly file: File } | { readonly path: string })

/** @param onProgress told the share that is copied, from 0 to 1 */
export async function importFilesOf(
  sources: readonly Source[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<Result<readonly ImportFile[], WireError>> {
  const named = (await Promise.all(sources.map(namedIn))).flat()
  if (named.length === 0) return failed({ kind: 'FileNotFound', stage: 'resolve', message: t`There are no files in what was given.` })
  const toCopy = named.filter((one) => 'file' in one)
  if (toCopy.length > MAX_COPIED) {
    const message = t`These are more than ${formatNumber(MAX_COPIED)} files.`
    return failed({ kind: 'TooLarge', stage: 'resolve', message, hint: t`Import its folders one by one.` })
  }
  const total = toCopy.reduce((sum, { file }) => sum + file.size, 0)
  const files: ImportFile[] = []
  let done = 0
  for (const one of named) {
    if ('path' in one) {
      files.push({ path: one.path, name: one.name })
      continue
    }
    const before = done
    const copied = await platform().upload(one.file, {
      signal,
      onProgress: (bytes) => onProgress(total === 0 ? 1 : (before + bytes) / total),
    })
    if (signal.aborted) return failed({ kind: 'Cancelled', stage: 'call', message: t`Copying was cancelled.` })
    if (!copied.ok) return copied
    files.push({ path: copied.value.path, name: one.name })
    done += one.file.size
  }
  return ok(files)
}

async function namedIn(source: Source): Promise<readonly Named[]> {
  switch (source.kind) {
    case 'path':
      return [{ name: baseName(source.path), path: source.path }]
    case 'file':
      return [{ name: source.file.webkitRelativePath || source.file.name, file: source.file }]
    case 'folder':
      return namedBelow(source.entry, source.entry.name)
    default:
      return assertNever(source)
  }
}

/** Hidden files, and folders of installed packages, are no part of a collection. */
async function namedBelow(folder: FileSystemDirectoryEntry, name: string): Promise<readonly Named[]> {
  const found: Named[] = []
  for (const child of await childrenOf(folder)) {
    if (found.length > MAX_COPIED) break
    if (child.name.startsWith('.') || child.name === 'node_modules') continue
    const path = `${name}/${child.name}`
    if (isFileEntry(child)) found.push({ name: path, file: await fileOf(child) })
    else if (isDirectoryEntry(child)) found.push(...(await namedBelow(child, path)))
  }
  return found
}

/** Lets the user choose files, or a folder. An empty list: the user thought better of it. */
export async function chooseImportSources(what: 'files' | 'folder'): Promise<Result<readonly Source[], WireError>> {
  if (!capabilities().dialogs) return ok((await pickInPage(what)).map((file): Source => ({ kind: 'file', file })))
  if (what === 'folder') {
    const chosen = await platform().callHost('dialog.openFolder', { title: t`Import a folder` })
    if (!chosen.ok) return chosen
    return ok(chosen.value.path === null ? [] : [{ kind: 'path', path: chosen.value.path, isFolder: true }])
  }
  const chosen = await platform().callHost('dialog.openFiles', { title: t`Import`, multiple: true })
  return chosen.ok ? ok(chosen.value.paths.map((path): Source => ({ kind: 'path', path, isFolder: false }))) : chosen
}

function pickInPage(what: 'files' | 'folder'): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.hidden = true
    if (what === 'folder') input.webkitdirectory = true
    const finish = (files: readonly File[]): void => {
      input.remove()
      // A folder is given with all that is in it.
      resolve(files.filter(({ webkitRelativePath }) => !/(?:^|\/)(?:\.|node_modules\/)/.test(webkitRelativePath)))
    }
    input.addEventListener('change', () => finish([...(input.files ?? [])]))
    input.addEventListener('cancel', () => finish([]))
    document.body.append(input)
    input.click()
  })
}
