/**
 * The process that is killed: a whole core that works on one collection, its journal and its history without a pause,
 * and tells of each command before it and after its answer. Written at once, so that what was told has been told.
 *
 * Arguments: the data folder, the collection's folder, a seed; or `warm`.
 */
import { writeSync } from 'node:fs'
import type { CommandName, Input, Output } from '#contract/commands.ts'
import { withChange } from '#contract/model/collection-change.ts'
import { DraftIdSchema, NodeIdSchema, TrashIdSchema, type NodeId } from '#contract/model/ids.ts'
import type { Draft } from '#contract/model/draft.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import type { Collection, ParentRef, TreeNode } from '#contract/model/workspace.ts'
import { createCore } from '#core/create-core.ts'
import { randomFrom, readRevised, revised, type Intent, type Line, type Outcome } from './kill-record.ts'

const [dataDir = '', root = '', seed = '0'] = process.argv.slice(2)
const random = randomFrom(Number(seed))
const below = (limit: number): number => Math.floor(random() * limit)
/** Mostly few; many take several writes. */
const someLines = (): number => 1 + below(random() < 0.1 ? 4000 : 150)
let serial = 0
const fresh = (): string => `${seed}-${(serial += 1)}`

// Only to have it compiled.
if (dataDir === 'warm') {
  for (const module of [import('#core/history/history-database.ts'), import('#core/echo/echo-answer.ts')]) await module
  process.exit(0)
}

function tell(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const core = await createCore({
  dataDir,
  log: (line) => process.stderr.write(`${line}\n`),
  watch: false,
  now: Date.now,
  hostCipher: null,
  env: { HOME: dataDir },
  capabilities: { realPaths: true, dialogs: false, reveal: false, nativeMenu: false },
})

async function call<N extends CommandName>(name: N, input: Input<N>): Promise<Output<N>> {
  const result = await core.call(name, input, { signal: new AbortController().signal, clientId: 'killed' })
  if (result.ok) return result.value as Output<N>
  tell({ is: 'failed', call: name, error: result.error })
  return process.exit(3)
}

let collection: Collection = await call('collection.open', { path: root })
const ours = ({ id }: { readonly id: string }): boolean => id === collection.id
// What is told from here on follows on this.
collection = (await call('workspace.read', {})).collections.find(ours) ?? collection
const prefix = `${collection.id}/`
const pathOf = (id: NodeId): string => id.slice(prefix.length)
core.on((event) => {
  const change = event.name === 'workspace.changed' ? event.payload.changed.find(ours) : undefined
  if (change) collection = withChange(collection, change)
  if (event.name === 'history.changed' && event.payload.added.length > 0) tell({ is: 'recorded', exchanges: event.payload.added })
  if (event.name === 'bug.reported') tell({ is: 'failed', call: 'in the background', error: event.payload.error })
})

const { drafts } = await call('drafts.load', {})
tell({
  is: 'state',
  requests: collection.nodes.filter(({ kind }) => kind === 'request').map(({ id }) => pathOf(id)),
  others: collection.nodes.filter(({ kind }) => kind === 'broken').map(({ id, error }) => `${pathOf(id)}: ${error ?? ''}`),
  drafts: drafts.map(({ id, document }) => ({ id, rev: readRevised(document).rev })),
})

const trashed: string[] = []
const requests = (): TreeNode[] => collection.nodes.filter(({ kind }) => kind === 'request')
const folders = (): TreeNode[] => collection.nodes.filter(({ kind }) => kind === 'folder')
const oneOf = <T>(list: readonly T[]): T | undefined => list[below(list.length)]

async function step(intent: Intent, work: () => Promise<Outcome>): Promise<void> {
  tell({ is: 'begin', intent })
  tell({ is: 'done', outcome: await work() })
}

function somewhere(): ParentRef {
  const folder = random() < 0.5 ? undefined : oneOf(folders())
  return { collectionId: collection.id, folderId: folder?.id ?? null }
}

const movedPaths = (moved: Output<'node.move'>['moved']): NonNullable<Outcome['moved']> =>
  moved.map(({ from, to }) => ({ from: pathOf(from), to: pathOf(to) }))

const STEPS: readonly (() => Promise<void>)[] = [
  ...Array.from({ length: 4 }, () => saveOne),
  createOne,
  () =>
    step({ kind: 'folder' }, async () => {
      await call('folder.create', { parent: somewhere(), name: `F${below(4)}` })
      return {}
    }),
  async () => {
    const node = oneOf(collection.nodes)
    if (!node) return createOne()
    return step({ kind: 'rename', path: pathOf(node.id) }, async () => ({
      moved: movedPaths((await call('node.rename', { id: node.id, name: `N${below(30)}` })).moved),
    }))
  },
  async () => {
    const node = oneOf(collection.nodes)
    const parent = somewhere()
    if (!node || parent.folderId === node.id || parent.folderId?.startsWith(`${node.id}/`)) return createOne()
    return step({ kind: 'move', paths: [pathOf(node.id)] }, async () => ({
      moved: movedPaths((await call('node.move', { ids: [node.id], parent, index: below(3) })).moved),
    }))
  },
  async () => {
    const node = collection.nodes.length > 18 ? undefined : oneOf(collection.nodes)
    if (!node) return trashOne()
    return step({ kind: 'duplicate', path: pathOf(node.id) }, async () => ({
      paths: [pathOf((await call('node.duplicate', { id: node.id })).nodeId)],
    }))
  },
  trashOne,
  async () => {
    const trashId = trashed.pop()
    if (trashId === undefined) return createOne()
    return step({ kind: 'restore', trashId }, async () => ({
      paths: (await call('trash.restore', { trashId: TrashIdSchema.parse(trashId) })).nodeIds.map(pathOf),
    }))
  },
]

async function saveOne(): Promise<void> {
  const node = oneOf(requests())
  if (!node) return createOne()
  const opened = await call('request.open', { id: node.id })
  if (opened.kind !== 'request') throw new Error(`${node.id} is broken.`)
  const { uid } = readRevised(opened.document)
  const rev = fresh()
  return step({ kind: 'save', path: pathOf(node.id), rev }, async () => {
    const document = revised(opened.document.name, uid, rev, someLines())
    await call('request.save', { id: NodeIdSchema.parse(node.id), document, revision: opened.revision })
    return {}
  })
}

async function createOne(): Promise<void> {
  if (requests().length > 14) return trashOne()
  const [uid, rev] = [fresh(), fresh()]
  return step({ kind: 'create', uid, rev }, async () => {
    const made = await call('request.create', { parent: somewhere(), document: revised(`N${below(30)}`, uid, rev, someLines()) })
    return { paths: [pathOf(made.nodeId)] }
  })
}

async function trashOne(): Promise<void> {
  const nodes = [oneOf(collection.nodes), oneOf(collection.nodes)].filter((node) => node !== undefined)
  if (nodes.length === 0) return createOne()
  const ids = [...new Set(nodes.map(({ id }) => id))]
  return step({ kind: 'trash', paths: ids.map(pathOf) }, async () => {
    const { trashId } = await call('node.trash', { ids })
    trashed.push(trashId)
    return { trashId }
  })
}

async function journal(): Promise<void> {
  for (let number = 1; ; number += 1) {
    const id = `draft-${below(4)}`
    const removed = random() < 0.1
    tell({ is: 'draft', step: 'begin', id, number, removed })
    const rest: Omit<Draft, 'id' | 'document'> = { nodeId: null, revision: null, dirty: true, shelvedBodies: [], shelvedAuths: [] }
    if (removed) await call('drafts.remove', { id: DraftIdSchema.parse(id) })
    else
      await call('drafts.save', {
        draft: { ...rest, id: DraftIdSchema.parse(id), document: revised('D', id, `${seed}-${number}`, someLines()) },
      })
    tell({ is: 'draft', step: 'done', id, number, removed })
  }
}

async function sends(): Promise<void> {
  const context = { collectionId: null, environment: null, session: null }
  for (;;) {
    const ended = new Promise<void>((resolve) => {
      const off = core.on((event) => {
        if (event.name !== 'exchange.progressed' || event.payload.step.kind !== 'done') return
        off()
        resolve()
      })
    })
    const document = { ...emptyRequest('Sent'), url: '{{$echo}}/get' }
    await call('exchange.send', { document, nodeId: null, seed: 'kill-seed', context, draftId: null })
    await ended
  }
}

async function tree(): Promise<void> {
  for (;;) await oneOf(STEPS)?.()
}

// Not every run sends: to start the echo server and to open the history takes longer than many a run lasts.
await Promise.all([tree(), journal(), ...(Number(seed) % 4 === 0 ? [sends()] : [])])
