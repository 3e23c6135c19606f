/**
 * Which files of this machine a window may have read for it. A page in a browser has none of its own: it names what it has
 * uploaded, and what lies in a collection that it is asked about; paths are followed through links before they are judged.
 */
import { realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CoreError } from '../lib/core-error.ts'
import type { CorePorts } from '../ports.ts'
import { isWithin } from '../storage/item-paths.ts'

export interface HandedFiles {
  /**
   * @param folders whose files may be named besides the uploads; absolute
   * @throws {CoreError} `Unavailable` for a file that the window has not handed over
   */
  readonly check: (paths: readonly string[], folders?: readonly string[]) => Promise<void>
}

export function createHandedFiles({ dataDir, capabilities }: Pick<CorePorts, 'dataDir' | 'capabilities'>): HandedFiles {
  return {
    check: async (paths, folders = []) => {
      if (capabilities.realPaths) return
      const named = [join(dataDir, 'uploads'), ...folders]
      const roots = await Promise.all(named.map(realOrPlain))
      for (const path of paths) {
        // Of a file that is not there, reading it says so: nothing is told of what lies elsewhere.
        const real = await realOrPlain(path)
        if (![...named, ...roots].some((root) => real !== root && isWithin(root, real))) throw notHandedOver(path)
      }
    },
  }
}

function realOrPlain(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path))
}

function notHandedOver(path: string): CoreError {
  return new CoreError('Unavailable', 'resolve', `${path} was not handed over by this window, so it is not read.`, {
    hint: 'Drop the file on the window, or choose it there.',
  })
}
