/** What a host says whose data folder was removed while it ran. */
import type { WireError } from '../errors.ts'

/** @param path of the folder, which is there again and empty */
export function folderMadeAgain(path: string): WireError {
  return {
    kind: 'StorageError',
    stage: 'store',
    message: `The data folder ${path} was removed while Posthaste is running. It was made again, and is empty.`,
    hint: 'What is open in this window is kept again from the next edit on. Settings, history, cookies and secrets that were there are gone.',
  }
}

/** @param address where the other one can be reached */
export function folderTaken(path: string, address: string): WireError {
  return {
    kind: 'StorageError',
    stage: 'store',
    message: `The data folder ${path} was removed, and by now another Posthaste has it, at ${address}. This one ends, so as to write nothing into it.`,
    hint: 'What was typed stays in this window until it is closed: copy it from here, and go on there.',
  }
}
