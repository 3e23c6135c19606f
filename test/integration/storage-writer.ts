/**
 * A process that writes to a workspace until it is killed or done, for tests of what is left of it. Tells of each step
 * on standard output.
 *
 * Arguments: what to do, the data folder, the collection's folder, how often.
 */
import { join } from 'node:path'
import { createSecretVault } from '#core/storage/secret-vault.ts'
import { CollectionIdSchema, DraftIdSchema, NodeIdSchema } from '#contract/model/ids.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { createDrafts } from '#core/storage/drafts.ts'
import { createLocks } from '#core/storage/lock.ts'
import { createWorkspace } from '#core/storage/workspace.ts'

/** What to run as a process of its own. */
export const WRITER = import.meta.filename

const [task, dataDir = '', root = '', times = '1000000'] = process.argv.slice(2)
const workspace = createWorkspace({
  dataDir,
  vault: createSecretVault({ dir: join(dataDir, 'secrets'), hostCipher: null, log: () => undefined }),
  watch: false,
  onChanged: () => undefined,
  report: (error) =>
    process.stderr.write(`${String(error)}
`),
})

/** A document that tells by itself whether it is whole. */
function numbered(index: number): RequestDocument {
  return { ...emptyRequest('Same'), body: { kind: 'text', text: `${index}\n`.repeat(20_000) } }
}

function tell(step: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${step}\n`, () => resolve()))
}

async function save(): Promise<void> {
  const collection = await workspace.collections.open(root)
  for (let index = 0; index < Number(times); index += 1) {
    await workspace.requests.save(NodeIdSchema.parse(`${collection.id}/a.yml`), numbered(index), null)
    await tell(`saved ${index}`)
  }
}

async function create(): Promise<void> {
  const collection = await workspace.collections.open(root)
  for (let index = 0; index < Number(times); index += 1) {
    await workspace.requests.create({ collectionId: CollectionIdSchema.parse(collection.id), folderId: null }, emptyRequest('Same'))
  }
  await tell('done')
}

async function journal(): Promise<void> {
  const drafts = createDrafts(dataDir, () => undefined)
  for (let index = 0; index < Number(times); index += 1) {
    const draft = { nodeId: null, revision: null, dirty: true, shelvedBodies: [], shelvedAuths: [] }
    await drafts.save({ ...draft, id: DraftIdSchema.parse('draft-1'), document: numbered(index) })
    await tell(`saved ${index}`)
  }
}

async function holdLock(): Promise<void> {
  await createLocks(dataDir).hold(root, async () => {
    await tell('holding')
    await new Promise(() => setInterval(() => undefined, 1000))
  })
}

const tasks: Readonly<Record<string, () => Promise<void>>> = { save, create, journal, holdLock }
if (process.argv[1] === WRITER) {
  await tasks[task ?? '']?.()
  await workspace.close()
}
