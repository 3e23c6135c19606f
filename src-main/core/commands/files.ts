/** What the window needs to know of files it may send: whether they are there, how large, of which type. */
import { readdir, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, resolve } from 'node:path'
import { lookup } from 'mime-types'
import type { Output } from '#contract/commands.ts'
import type { NodeId } from '#contract/model/ids.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'
import { fileSegment } from '../prepare/body-segments.ts'

const MAX_FILES = 1000

/** @param rootOf the folder that relative paths of a saved request are relative to */
export function fileHandlers(rootOf: (id: NodeId) => string | null): Pick<Handlers, 'files.stat' | 'files.expand'> {
  return {
    'files.stat': async ({ paths, nodeId }) => {
      const root = nodeId === null ? null : rootOf(nodeId)
      return { files: await Promise.all(paths.map((path) => statOf(path, root))) }
    },
    'files.expand': async ({ paths, withHidden }) => {
      const found: Found = { files: [], hidden: [] }
      for (const path of paths) await collect(path, withHidden, found)
      const { files, hidden } = found
      return { files: files.slice(0, MAX_FILES), hidden: hidden.slice(0, MAX_FILES), truncated: files.length > MAX_FILES }
    },
  }
}

async function statOf(path: string, root: string | null): Promise<Output<'files.stat'>['files'][number]> {
  const resolved = isAbsolute(path) ? path : resolve(root ?? '/', path)
  const contentType = lookup(basename(path)) || null
  try {
    const { bytes, version } = await fileSegment(path, root)
    return { path, resolved, bytes, version, contentType, error: null }
  } catch (error) {
    if (!(error instanceof CoreError)) throw error
    return { path, resolved, bytes: null, version: null, contentType, error: error.toWire() }
  }
}

interface Found {
  readonly files: string[]
  /** What was left out because of its name: files, and folders with all in them. */
  readonly hidden: string[]
}

async function collect(path: string, withHidden: boolean, into: Found): Promise<void> {
  if (into.files.length > MAX_FILES) return
  const found = await stat(path).catch(() => null)
  if (found?.isFile()) into.files.push(path)
  if (!found?.isDirectory()) return
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    // A link could lead round in a circle, and out of what was dropped.
    if (entry.isSymbolicLink()) continue
    const child = join(path, entry.name)
    if (!withHidden && entry.name.startsWith('.')) into.hidden.push(child)
    else await collect(child, withHidden, into)
  }
}
