/** Finds and reads the user's netrc file, where requests looks for it. */
import { isUtf8 } from 'node:buffer'
import { readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseNetrc, type Netrc } from '../auth/netrc.ts'
import { messageOf, systemCode } from '../lib/core-error.ts'
import type { CorePorts } from '../ports.ts'

/** A larger file is no netrc. */
const MAX_BYTES = 1024 * 1024

export interface NetrcFile {
  readonly netrc: Netrc
  /** As it is shown: below the home folder with a tilde. */
  readonly path: string
}

/**
 * `$NETRC`, else `~/.netrc`, else `~/_netrc`.
 *
 * @param warn told of a file that is there but cannot be used
 * @returns null where there is none, or none that can be used
 */
export async function readNetrc(env: CorePorts['env'], warn: (message: string) => void): Promise<NetrcFile | null> {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? homedir()
  const named = env['NETRC']
  const candidates = named ? [named.replace(/^~(?=$|[\\/])/, home)] : [join(home, '.netrc'), join(home, '_netrc')]
  for (const path of candidates) {
    const text = await textOf(path, warn)
    if (text === null) continue
    const parsed = parseNetrc(text)
    if ('netrc' in parsed) return { netrc: parsed.netrc, path: path.startsWith(home) ? `~${path.slice(home.length)}` : path }
    warn(`${path} is left out: its line ${parsed.line} is not understood.`)
    return null
  }
  return null
}

async function textOf(path: string, warn: (message: string) => void): Promise<string | null> {
  try {
    const { size } = await stat(path)
    if (size <= MAX_BYTES) {
      const bytes = await readFile(path)
      // Python goes by the locale where it is no UTF-8, which fails unless that is Latin-1.
      return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1')
    }
    warn(`${path} is left out: it is larger than a netrc file can be.`)
  } catch (error) {
    const code = systemCode(error)
    if (code !== 'ENOENT' && code !== 'ENOTDIR') warn(`${path} could not be read: ${code ?? messageOf(error)}.`)
  }
  return null
}
