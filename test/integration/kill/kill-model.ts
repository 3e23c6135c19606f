/**
 * What must be on disk after a kill, from what the process told before it: everything that was answered, exactly; of
 * the one change that was under way, the state before it, the state after it, or what lies in between without a loss.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { readRequest } from '#core/storage/opencollection/request-format.ts'
import { readCollectionFile, readFolderFile } from '#core/storage/opencollection/info-format.ts'
import { readRevised, type Held, type Intent, type Line, type Outcome } from './kill-record.ts'

export interface Disk {
  readonly tree: readonly Held[]
  /** By deletion. */
  readonly trash: ReadonlyMap<string, readonly Held[]>
  /** Files that are torn. */
  readonly torn: readonly string[]
}

/** One deletion that was answered: what went with each of its items, by the path below that item. */
type Deletion = readonly (readonly Held[])[]

export class KillModel {
  tree: readonly Held[] = []
  readonly deletions = new Map<string, Deletion>()
  readonly drafts = new Map<string, string | null>()
  readonly recorded: string[] = []
  underWay: Intent | null = null
  draftUnderWay: { readonly id: string; readonly rev: string | null } | null = null
  answered = 0
  /** Of earlier runs, answered or not. */
  readonly #deletionsSeen = new Set<string>()

  /** @param seed of the run that told it */
  take(line: Line, seed: number): void {
    if (line.is === 'begin') this.underWay = line.intent
    if (line.is === 'done' && this.underWay) {
      this.#apply(this.underWay, line.outcome)
      this.underWay = null
      this.answered += 1
    }
    if (line.is === 'draft') {
      const draft = { id: line.id, rev: line.removed ? null : `${seed}-${line.number}` }
      this.draftUnderWay = line.step === 'begin' ? draft : null
      if (line.step === 'done') this.drafts.set(draft.id, draft.rev)
    }
    if (line.is === 'recorded') this.recorded.push(...line.exchanges)
  }

  /** Compare with the disk after a kill, and go on from there. @returns what is wrong */
  compare(disk: Disk, mayBeTwice: boolean): string[] {
    const wrong = disk.torn.map((file) => `torn: ${file}`)
    const intent = this.underWay
    const isTouched = (held: Held): boolean => touchedPaths(intent).some((path) => isBelow(held.path, path))
    const tree = new Bag(disk.tree)
    for (const held of this.tree.filter((each) => !isTouched(each))) {
      if (!tree.take((each) => isSame(each, held) && each.path === held.path)) wrong.push(`lost or changed: ${words(held)}`)
    }
    for (const [id, items] of this.deletions) {
      if (intent?.kind === 'restore' && intent.trashId === id) continue
      const kept = new Bag(disk.trash.get(id) ?? [])
      for (const held of items.flat()) if (!kept.take((each) => isSame(each, held))) wrong.push(`lost from the trash: ${words(held)}`)
    }
    const isNew = (id: string): boolean => !this.#deletionsSeen.has(id) || (intent?.kind === 'restore' && intent.trashId === id)
    const inTrash = new Bag([...disk.trash].flatMap(([id, held]) => (isNew(id) ? held : [])))
    for (const held of this.#touched(intent, isTouched)) {
      const isIt = (each: Held): boolean =>
        isSame(each, held) || (intent?.kind === 'save' && each.path === held.path && each.uid === held.uid && each.rev === intent.rev)
      const [here, there] = mayBeTwice ? [tree.take(isIt), inTrash.take(isIt)] : [tree.take(isIt) || inTrash.take(isIt), false]
      if (!here && !there) wrong.push(`lost: ${words(held)}`)
    }
    for (const held of inTrash.rest) wrong.push(`in two places, or from nowhere in the trash: ${words(held)}`)
    for (const held of tree.rest) if (!this.#mayAppear(held, intent)) wrong.push(`from nowhere: ${words(held)}`)
    if (intent?.kind === 'restore') this.deletions.delete(intent.trashId)
    for (const id of disk.trash.keys()) this.#deletionsSeen.add(id)
    this.tree = disk.tree
    this.underWay = null
    return wrong
  }

  /** Compare with what the next core finds at its start. @returns what is wrong */
  compareState(state: Extract<Line, { is: 'state' }>): string[] {
    const wrong = state.others.map((path) => `shown in the tree, broken: ${path}`)
    const [shown, held] = [state.requests.toSorted(), this.tree.map(({ path }) => path).toSorted()]
    if (shown.join('\n') !== held.join('\n')) wrong.push(`the tree shows ${shown.join(', ')} instead of ${held.join(', ')}`)
    const found = new Map(state.drafts.map(({ id, rev }) => [id, rev]))
    for (const id of new Set([...this.drafts.keys(), ...found.keys()])) {
      const [now, before] = [found.get(id) ?? null, this.drafts.get(id) ?? null]
      const mayBe = this.draftUnderWay?.id === id && this.draftUnderWay.rev === now
      if (now !== before && !mayBe) wrong.push(`the draft ${id} is at ${now ?? 'nothing'} instead of ${before ?? 'nothing'}`)
      this.drafts.set(id, now)
    }
    this.draftUnderWay = null
    return wrong
  }

  #apply(intent: Intent, { moved = [], paths = [], trashId = '' }: Outcome): void {
    switch (intent.kind) {
      case 'save':
        this.tree = this.tree.map((held) => (held.path === intent.path ? { ...held, rev: intent.rev } : held))
        break
      case 'create':
        this.tree = [...this.tree, ...paths.map((path) => ({ path, uid: intent.uid, rev: intent.rev }))]
        break
      case 'rename':
      case 'move': {
        const targets = new Map(moved.map(({ from, to }) => [from, to]))
        this.tree = this.tree.map((held) => ({ ...held, path: targets.get(held.path) ?? held.path }))
        break
      }
      case 'duplicate':
        this.tree = [...this.tree, ...placedAt(this.#below(intent.path), paths[0] ?? '')]
        break
      case 'trash': {
        const roots = intent.paths.filter((path) => !intent.paths.some((other) => other !== path && isBelow(path, other)))
        this.#deletionsSeen.add(trashId)
        this.deletions.set(
          trashId,
          roots.map((path) => this.#below(path)),
        )
        this.tree = this.tree.filter((held) => !roots.some((path) => isBelow(held.path, path)))
        break
      }
      case 'restore':
        this.tree = [
          ...this.tree,
          ...(this.deletions.get(intent.trashId) ?? []).flatMap((held, index) => placedAt(held, paths[index] ?? '')),
        ]
        this.deletions.delete(intent.trashId)
        break
      case 'folder':
    }
  }

  /** What is in or below a path, each with its path from there. */
  #below(path: string): Held[] {
    return this.tree.filter((held) => isBelow(held.path, path)).map((held) => ({ ...held, path: held.path.slice(path.length) }))
  }

  #touched(intent: Intent | null, isTouched: (held: Held) => boolean): readonly Held[] {
    if (intent?.kind === 'restore') return (this.deletions.get(intent.trashId) ?? []).flat()
    return this.tree.filter(isTouched)
  }

  #mayAppear(held: Held, intent: Intent | null): boolean {
    if (intent?.kind === 'create') return held.uid === intent.uid && held.rev === intent.rev
    if (intent?.kind === 'duplicate') return this.#below(intent.path).some((each) => isSame(each, held))
    return false
  }
}

/** Things that are each taken once. */
class Bag {
  readonly rest: Held[]
  constructor(held: readonly Held[]) {
    this.rest = [...held]
  }

  take(is: (held: Held) => boolean): boolean {
    const at = this.rest.findIndex(is)
    if (at >= 0) this.rest.splice(at, 1)
    return at >= 0
  }
}

/** Read what is there, by plain reads: no core is asked. */
export async function readDisk(dataDir: string, root: string): Promise<Disk> {
  const torn: string[] = []
  const trash = new Map<string, readonly Held[]>()
  for (const id of await readdir(join(dataDir, 'trash')).catch(() => [])) {
    trash.set(id, await readHeld(join(dataDir, 'trash', id, 'items'), torn))
  }
  return { tree: await readHeld(root, torn), trash, torn }
}

/** What was read whole before and has not been touched since. */
const seen = new Map<string, { readonly state: string; readonly held: Omit<Held, 'path'> | null }>()

async function readHeld(root: string, torn: string[]): Promise<Held[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  const held: Held[] = []
  for (const entry of entries.filter((each) => each.isFile() && each.name.endsWith('.yml'))) {
    const file = join(entry.parentPath, entry.name)
    const path = relative(root, file).split(sep).join('/')
    // Half a copy is under a hidden name: as good as not there.
    if (path.split('/').some((part) => part.startsWith('.'))) continue
    const { ctimeMs, size, ino } = await stat(file)
    const state = `${ctimeMs} ${size} ${ino}`
    const known = seen.get(file)
    if (known?.state === state) {
      if (known.held) held.push({ path, ...known.held })
      continue
    }
    try {
      const text = await readFile(file, 'utf8')
      seen.set(file, { state, held: null })
      if (entry.name === 'opencollection.yml') readCollectionFile(text, path)
      else if (entry.name === 'folder.yml') readFolderFile(text, path)
      else {
        const found = readRevised(readRequest(text, path, '').document)
        seen.set(file, { state, held: found })
        held.push({ path, ...found })
      }
    } catch (error) {
      seen.delete(file)
      torn.push(`${file}: ${String(error)}`)
    }
  }
  return held
}

function touchedPaths(intent: Intent | null): readonly string[] {
  switch (intent?.kind) {
    case 'save':
    case 'rename':
      return [intent.path]
    case 'move':
    case 'trash':
      return intent.paths
    default:
      return []
  }
}

function placedAt(held: readonly Held[], path: string): Held[] {
  return held.map((each) => ({ ...each, path: path + each.path }))
}

function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`)
}

function isSame(one: Held, other: Held): boolean {
  return one.uid === other.uid && one.rev === other.rev
}

function words({ path, uid, rev }: Held): string {
  return `${path} (${uid} at ${rev})`
}
