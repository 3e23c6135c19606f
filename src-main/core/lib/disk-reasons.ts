/** What a disk that refuses means, by the system's code, in words for whoever wanted something of it. */
import { messageOf, systemCode } from './core-error.ts'

const REASONS: Readonly<Record<string, readonly [why: string, hint: string]>> = {
  EACCES: ['this user may not do that there', 'Change the permissions of the folder, or choose another.'],
  EPERM: ['this user may not do that there', 'Change the permissions of the folder, or choose another.'],
  EROFS: ['the disk is read-only', 'Choose a folder on another disk.'],
  ENOSPC: ['the disk is full', 'Free some space; what you typed is still in the window.'],
  EFBIG: ['no file may become that large here', 'Raise the limit, or free some space; what you typed is still in the window.'],
  EDQUOT: ['your quota is used up', 'Free some space; what you typed is still in the window.'],
  ENOTDIR: ['a part of the path is a file, not a folder', 'Choose another folder.'],
  EEXIST: ['something else of that name is in the way', 'Choose another name or folder.'],
  EISDIR: ['there is a folder of that name', 'Choose another name.'],
  ENOENT: ['a part of the path is not there', 'Choose another folder.'],
  ENAMETOOLONG: ['the name is too long', 'Choose a shorter one.'],
  EBUSY: ['another program is using it', 'Close the other program, and try again.'],
  EMFILE: ['too many files are open', 'Try again.'],
  EIO: ['the disk failed', 'Check the disk; what you typed is still in the window.'],
}

/** Why the disk refused, in words that end a sentence. */
export function reasonOf(error: unknown): string {
  return known(error)?.[0] ?? messageOf(error)
}

/** What to do about it, for one who typed what was to be written; undefined where that is not known. */
export function diskHint(error: unknown): string | undefined {
  return known(error)?.[1]
}

function known(error: unknown): (typeof REASONS)[string] | undefined {
  const code = systemCode(error)
  return code === null ? undefined : REASONS[code]
}
