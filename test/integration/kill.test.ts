// A whole core is killed, again and again, at random moments of edits, saves, renames, moves, copies, deletions,
// restorations and sends. Every answered change must be there afterwards, whole.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { TrashIdSchema } from '#contract/model/ids.ts'
import { COMMANDS } from '#contract/commands.ts'
import { coreKit } from '../support/core-kit.ts'
import { KillModel, readDisk } from './kill/kill-model.ts'
import { randomFrom, type Line } from './kill/kill-record.ts'

const PROJECT = join(import.meta.dirname, '../..')
/** So many times in each lane, and so many lanes at once. */
const KILLS = 126
const LANES = 4
const LONGEST_WAIT_MS = 12
const SEED = Number(process.env['POSTHASTE_KILL_SEED'] ?? Math.floor(Math.random() * 1e6))

/** What packages in CommonJS expect, as the product's own build gives it to them. */
const SHIM = 'const { filename: __filename, dirname: __dirname } = import.meta;'

let folder: string
let child: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'posthaste-kill-'))
  // Bundled, because it is started hundreds of times.
  await build({
    configFile: false,
    root: PROJECT,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, 'kill/kill-child.ts'),
      outDir: join(folder, 'bin'),
      rollupOptions: { output: { entryFileNames: 'child.mjs', banner: SHIM } },
    },
  })
  child = join(folder, 'bin', 'child.mjs')
  // What Node compiles is kept only by a run that ends in good order.
  const warm = spawn(process.execPath, ['--no-warnings', child, 'warm'], { stdio: ['ignore', 'inherit', 'inherit'], env: environment() })
  await once(warm, 'exit')
}, 300_000)

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, NODE_COMPILE_CACHE: join(folder, 'cache') }
}

interface Lane {
  readonly name: string
  readonly dataDir: string
  readonly root: string
  /** The trash is on another disk, so that things are copied there and then removed: they may be in both places. */
  readonly isApart: boolean
  readonly model: KillModel
  readonly wrong: string[]
}

async function makeLane(index: number): Promise<Lane> {
  const dataDir = join(folder, `data-${index}`)
  // Memory is another disk than the one with the temporary files, where a system has it.
  const isApart = index === LANES - 1 && existsSync('/dev/shm')
  const root = isApart ? await mkdtemp('/dev/shm/posthaste-kill-') : join(folder, `shop-${index}`)
  await mkdir(root, { recursive: true })
  await mkdir(join(dataDir, 'collections'), { recursive: true })
  await writeFile(join(root, 'opencollection.yml'), 'info:\n  name: Shop\n')
  return { name: `lane ${index}`, dataDir, root, isApart, model: new KillModel(), wrong: [] }
}

/** Start, let it work for a while, kill, and look at what is left. */
async function killOnce(lane: Lane, seed: number, random: () => number): Promise<void> {
  const { model, dataDir, root } = lane
  const run = spawn(process.execPath, ['--no-warnings', child, dataDir, root, String(seed)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  })
  const complaints: string[] = []
  run.stderr.setEncoding('utf8').on('data', (text: string) => complaints.push(text))
  const exited = once(run, 'exit')
  const answersBefore = model.answered
  const wanted = Math.floor(random() * 8)
  const wait = random() * LONGEST_WAIT_MS
  let isDue = false
  for await (const text of createInterface({ input: run.stdout })) {
    // The last line may have been cut.
    const line = parsed(text)
    if (!line) continue
    if (line.is === 'state') lane.wrong.push(...model.compareState(line).map((what) => `seed ${seed}: ${what}`))
    if (line.is === 'failed') lane.wrong.push(`seed ${seed}: ${line.call} failed: ${JSON.stringify(line.error)}`)
    model.take(line, seed)
    if (isDue || line.is === 'failed' || model.answered - answersBefore < wanted) continue
    isDue = true
    void delay(wait).then(() => run.kill('SIGKILL'))
  }
  await exited
  if (run.signalCode !== 'SIGKILL') lane.wrong.push(`seed ${seed}: it ended by itself: ${complaints.join('')}`)
  lane.wrong.push(...model.compare(await readDisk(dataDir, root), lane.isApart).map((what) => `seed ${seed}, ${lane.name}: ${what}`))
}

function parsed(text: string): Line | null {
  try {
    return JSON.parse(text) as Line
  } catch {
    return null
  }
}

async function killOften(lane: Lane, index: number): Promise<number> {
  const random = randomFrom(SEED + index)
  let kills = 0
  while (kills < KILLS && lane.wrong.length === 0) {
    await killOnce(lane, SEED + index * 10_000 + kills, random)
    kills += 1
  }
  return kills
}

/** After the last kill: what was sent is in the history, and what was deleted can be had back. */
async function expectAllThere(lane: Lane): Promise<void> {
  const { call } = await coreKit({}, lane.dataDir)
  const listed = new Set<string>()
  for (let cursor: string | null = null; ;) {
    const page = COMMANDS['history.list'].output.parse(await call('history.list', { cursor, limit: 500 }))
    page.entries.forEach(({ id }) => listed.add(id))
    cursor = page.next
    if (cursor === null) break
  }
  expect(lane.model.recorded.filter((id) => !listed.has(id))).toEqual([])
  for (const [id, items] of lane.model.deletions) {
    const { nodeIds } = COMMANDS['trash.restore'].output.parse(await call('trash.restore', { trashId: TrashIdSchema.parse(id) }))
    expect(nodeIds).toHaveLength(items.length)
  }
  const { tree, torn } = await readDisk(lane.dataDir, lane.root)
  expect(torn).toEqual([])
  const wanted = [...lane.model.tree, ...[...lane.model.deletions.values()].flat(2)].map(({ uid, rev }) => `${uid} ${rev}`)
  expect(tree.map(({ uid, rev }) => `${uid} ${rev}`).toSorted()).toEqual(wanted.toSorted())
}

test(`loses nothing that was answered, in ${KILLS * LANES} kills`, { timeout: 1_200_000 }, async () => {
  const started = performance.now()
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, index) => makeLane(index)))
  try {
    const kills = await Promise.all(lanes.map(killOften))
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
    const answered = sum(lanes.map(({ model }) => model.answered))
    const seconds = Math.round((performance.now() - started) / 1000)
    process.stdout.write(`POSTHASTE_KILL_SEED=${SEED}: ${sum(kills)} kills, ${answered} answered changes, ${seconds} s\n`)

    expect(lanes.flatMap(({ wrong }) => wrong)).toEqual([])
    expect(sum(kills)).toBeGreaterThanOrEqual(500)
    expect(answered).toBeGreaterThan(500)
    expect(sum(lanes.map(({ model }) => model.recorded.length))).toBeGreaterThan(0)
    for (const lane of lanes) await expectAllThere(lane)
  } finally {
    for (const { root } of lanes) await rm(root, { recursive: true, force: true })
  }
})
