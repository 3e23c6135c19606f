/** What a core that lives long removes in the background: old bodies, deletions, earlier versions and uploads. */
import { removeLeftovers } from './bodies/own-folder.ts'
import { sweepRemovedJars } from './jars/session-jars.ts'
import { messageOf } from './lib/core-error.ts'
import type { CorePorts } from './ports.ts'
import { sweepBackups } from './storage/backups.ts'
import { sweepTrash } from './storage/trash.ts'
import { sweepUploads } from './storage/uploads-sweep.ts'
import type { CoreEvents } from './core-events.ts'
import { PASSING_BODIES, type Parts } from './create-parts.ts'

/** Bodies older than this that are of no entry of the history go, and the oldest before that where they take more than the budget. */
const BODY_LIMITS = { olderThanMs: 7 * 24 * 3600 * 1000, maxBytes: 4 * 1024 ** 3 }

const DAY_MS = 24 * 3600 * 1000
/** Deleted items can be had back for this long. */
const TRASH_KEPT_MS = 30 * DAY_MS
/** Earlier versions of files: a request file takes a few KiB. */
const BACKUP_LIMITS = { olderThanMs: 180 * DAY_MS, maxBytes: 512 * 1024 ** 2 }
/** Uploads that nothing refers to stay this long, for an undo. */
const UPLOADS_KEPT_MS = 7 * DAY_MS

/** Removes what nobody needs any more, in the background; where that fails, it is tried again at the next start. */
export async function tidyUp(
  { dataDir, now, log }: CorePorts,
  { bodies, workspace, history }: Pick<Parts, 'bodies' | 'workspace' | 'history'>,
  events: CoreEvents,
): Promise<void> {
  await removeLeftovers(PASSING_BODIES)
  await bodies.sweep(BODY_LIMITS, history.keptBodies).catch((error: unknown) => events.report(error, 'sweeping old bodies'))
  try {
    await sweepTrash(dataDir, TRASH_KEPT_MS, now())
    await sweepRemovedJars(dataDir, TRASH_KEPT_MS, now())
    await sweepBackups(dataDir, BACKUP_LIMITS, now())
    await sweepUploads({ dataDir, roots: workspace.roots, olderThanMs: UPLOADS_KEPT_MS, now: now() })
  } catch (error) {
    log(`Old uploads and deleted items were left where they are: ${messageOf(error)}`)
  }
}
