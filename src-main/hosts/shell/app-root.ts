/** Where Posthaste itself lies: the folder with its package file, whether run from a checkout, a package or a build. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import packageFile from '../../../package.json' with { type: 'json' }

export const VERSION: string = packageFile.version

/** Absolute path of the folder that holds `package.json` and `out`. */
export function appRoot(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (dirname(folder) === folder) throw new Error(`No package.json above ${from}.`)
  }
}

/** Absolute path of the built page. */
export function rendererDir(): string {
  return join(appRoot(), 'out', 'renderer')
}
