// A window that somebody else has taken over can call every command with anything. Whatever it sends, it gets a value
// back, an error or not: nothing breaks, nothing is reported as a bug, and no file changes beside what is Posthaste's.
//
// POSTHASTE_HOSTILE_SEED and POSTHASTE_HOSTILE_RUNS look further than the run of the suite does.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMMANDS, type CommandName } from '#contract/commands.ts'
import { WireErrorSchema } from '#contract/errors.ts'
import { emptyRequest } from '#contract/model/request-defaults.ts'
import { coreKit, type CoreKit } from '../support/core-kit.ts'
import { httpServer } from '../support/http-server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { put, requestText } from '../unit/core/storage/workspace-kit.ts'
import { hostileInput } from './hostile/hostile-input.ts'

const SEED = Number(process.env['POSTHASTE_HOSTILE_SEED'] ?? 20_260)
const RUNS = Number(process.env['POSTHASTE_HOSTILE_RUNS'] ?? 12)
/** A call that waits for somebody, such as for a person who signs in, is given up by then. */
const PATIENCE_MS = 2000

const rooms = Map.groupBy(Object.keys(COMMANDS) as CommandName[], (name) => name.split('.', 1)[0] ?? '')

describe('a window taken over', () => {
  test.each([...rooms])('by %s: every call is answered, and nothing of others is touched', async (_room, names) => {
    const world = await makeWorld()
    const before = await contentOf(world.outside)

    for (const name of names) await attack(name, world)

    expect(world.kit.logged).toEqual([])
    expect(await contentOf(world.outside)).toEqual(before)
    expect((await readdir(world.folder)).filter((entry) => !['data', 'new', 'outside', 'shop'].includes(entry))).toEqual([])
    expect(await world.kit.call('app.info', {})).toMatchObject({ problem: null })
  })
})

interface World {
  readonly kit: CoreKit
  readonly folder: string
  /** What no call may change. */
  readonly outside: string
  /** Ids of what is there, and paths that lead out. */
  readonly known: Record<string, readonly string[]>
}

async function makeWorld(): Promise<World> {
  const folder = await tempDir()
  const [outside, root] = [join(folder, 'outside'), join(folder, 'shop')]
  await put(outside, { 'keep.txt': 'keep', 'keep.yml': requestText('Keep') })
  await put(root, { 'opencollection.yml': 'info:\n  name: Shop\n', 'a.yml': requestText('A'), 'f/b.yml': requestText('B') })
  const kit = await coreKit({}, join(folder, 'data'))
  const collection = (await kit.call('collection.open', { path: root })) as { id: string; nodes: { id: string }[] }
  const document = emptyRequest('D')
  await kit.call('drafts.save', {
    draft: { id: 'draft-1', nodeId: null, revision: null, document, dirty: true, shelvedBodies: [], shelvedAuths: [] },
  })
  const { exchangeId, bodyId } = await answered(kit)
  const nodes = collection.nodes.map(({ id }) => id)
  const folder1 = nodes.filter((id) => !id.endsWith('.yml'))
  const ways = ['../outside/keep.txt', '../../outside/keep.yml', '../outside/planted.yml', '..', '.', '..\\outside\\keep.txt']
  const known = {
    '*': [...ways, ...ways.map((way) => `${collection.id}/${way}`), join(outside, 'keep.txt'), join(folder, 'new')],
    collectionId: [collection.id],
    folderId: folder1,
    nodeId: nodes,
    id: [collection.id, ...nodes, 'draft-1', exchangeId, bodyId],
    ids: [...nodes, exchangeId],
    bodyId: [bodyId],
    exchangeId: [exchangeId],
    draftId: ['draft-1'],
    session: ['default'],
    seed: ['seed-of-a-test'],
    method: ['GET', 'POST'],
    url: ['http://127.0.0.1:9/'],
  }
  return { kit, folder, outside, known }
}

/** An answer with a body that the core keeps, from a server of the core's own. */
async function answered(kit: CoreKit): Promise<{ exchangeId: string; bodyId: string }> {
  const { core } = kit
  const done = new Promise<{ exchangeId: string; bodyId: string }>((resolve) => {
    core.on((event) => {
      if (event.name !== 'exchange.progressed' || event.payload.step.kind !== 'done') return
      resolve({ exchangeId: event.payload.exchangeId, bodyId: event.payload.step.exchange.response?.bodyId ?? '' })
    })
  })
  const { url } = await httpServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end('{"a":[1,{"b":"c"}]}'),
  )
  await kit.call('exchange.send', { document: { ...emptyRequest('R'), url }, nodeId: null, seed: 'seed-of-a-test', draftId: null })
  return done
}

/** Ids that a call gave are what later calls may name. */
function learn(known: World['known'], value: unknown): void {
  for (const [key, id] of Object.entries(value ?? {})) {
    if (/[iI]d$/.test(key) && typeof id === 'string' && (known[key] ?? []).length < 8) known[key] = [...(known[key] ?? []), id]
  }
}

/** Calls the command again and again; the window is what a property about it is stated of. */
async function attack(name: CommandName, { kit, known }: World): Promise<void> {
  await fc.assert(
    fc.asyncProperty(hostileInput(COMMANDS[name].input, known), async (input) => {
      const answer = await kit.core.call(name, input, { signal: AbortSignal.timeout(PATIENCE_MS), clientId: 'hostile' })

      if (answer.ok) return learn(known, answer.value)
      const error = WireErrorSchema.parse(answer.error)
      expect(error.kind, `${name}: ${error.message}`).not.toBe('Bug')
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  )
}

async function contentOf(folder: string): Promise<(readonly [path: string, text: string])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(files.sort().map(async (path) => [path, await readFile(path, 'utf8')] as const))
}
