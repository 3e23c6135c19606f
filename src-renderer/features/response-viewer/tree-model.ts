/**
 * The rows of a tree of which only a part is here: which nodes are open, where each row stands, and pages of children,
 * fetched when they are on screen. Rows are counted, not listed: a list of a million items that is open costs no more than
 * one of ten. Knows nothing of what is drawn.
 */
import type { WireError } from '#contract/errors.ts'
import type { TreeNode } from '#contract/model/body-tree.ts'
import type { Result } from '#contract/result.ts'

/** Children to a page. */
export const PAGE = 200
/** Pages kept of all nodes together; the longest unseen go first. */
const PAGES_KEPT = 150
/** Rows that opening everything below a node may add. */
export const EXPAND_LIMIT = 5000

/** Open nodes that are opened again in the next tree. */
const WAYS_KEPT = 200
/** Members among which one is looked for by its name. */
const SEARCHED = 1000

export type ReadChildren = (
  node: TreeNode,
  from: number,
  count: number,
  signal: AbortSignal,
) => Promise<Result<readonly TreeNode[], WireError>>

/** A node that is open; its children are the rows below it. */
export interface OpenNode {
  /** Its own, also among those that were opened for the same node. */
  readonly id: number
  readonly node: TreeNode
  /** Null for the root. */
  readonly parent: OpenNode | null
  /** Which child of its parent it is. */
  readonly index: number
  /** 1 for the root. */
  readonly level: number
  readonly pages: Map<number, readonly TreeNode[]>
  /** Those of its children that are open, in order. */
  readonly opened: OpenNode[]
  /** Rows below it. */
  rows: number
}

/** A place in the tree; the root has no owner. */
export interface TreePlace {
  readonly owner: OpenNode | null
  readonly index: number
}

/** A step down that can be taken in another tree, too. */
export interface TreeStep {
  readonly name: string | null
  readonly index: number
}

export type TreeWay = readonly TreeStep[]

export interface TreeRow extends TreePlace {
  /** Undefined until it has arrived. */
  readonly node: TreeNode | undefined
  readonly level: number
  /** Null for what has no children. */
  readonly isOpen: boolean | null
  /** How many rows stand beside it, itself included. */
  readonly siblings: number
}

interface Loading {
  readonly controller: AbortController
  readonly done: Promise<void>
  /** Wanted though it is not on screen. */
  readonly isAsked: boolean
}

export class TreeModel {
  readonly #root: TreeNode
  readonly #read: ReadChildren
  readonly #onError: (error: WireError) => void
  #open: OpenNode | null = null
  /** Pages in order of use, by whose they are. */
  readonly #pages = new Map<string, OpenNode>()
  readonly #loading = new Map<string, Loading>()
  readonly #listeners = new Set<() => void>()
  #version = 0

  constructor(root: TreeNode, read: ReadChildren, onError: (error: WireError) => void) {
    this.#root = root
    this.#read = read
    this.#onError = onError
    if (hasChildren(root)) this.#open = openNode(root, null, 0)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Rises whenever rows have changed or arrived. */
  readonly version = (): number => this.#version

  get rowCount(): number {
    return 1 + (this.#open?.rows ?? 0)
  }

  /** How deep the rows go. */
  get levels(): number {
    return levelsOf(this.#open)
  }

  /** The row that stands there; null beyond the end. */
  rowAt(row: number): TreeRow | null {
    if (row < 0 || row >= this.rowCount) return null
    let owner: OpenNode | null = this.#open
    if (row === 0 || owner === null)
      return { owner: null, index: 0, node: this.#root, level: 1, isOpen: hasChildren(this.#root) ? owner !== null : null, siblings: 1 }
    let left = row - 1
    for (;;) {
      let before = 0
      let inside: OpenNode | null = null
      const opened: readonly OpenNode[] = owner.opened
      for (const child of opened) {
        const at = child.index + before
        if (left <= at) break
        if (left <= at + child.rows) {
          inside = child
          left -= at + 1
          break
        }
        before += child.rows
      }
      if (inside === null) return this.#rowOf(owner, left - before)
      owner = inside
    }
  }

  /** Where a place stands now; a place within something closed has no row: -1. */
  rowOf({ owner, index }: TreePlace): number {
    if (owner === null) return 0
    const above = this.rowOf({ owner: owner.parent, index: owner.index })
    const isOpen = owner.parent === null ? this.#open === owner : owner.parent.opened.includes(owner)
    if (above < 0 || !isOpen) return -1
    let before = 0
    for (const child of owner.opened) if (child.index < index) before += child.rows
    return above + 1 + index + before
  }

  nodeOf({ owner, index }: TreePlace): TreeNode | undefined {
    return owner === null ? this.#root : owner.pages.get(Math.floor(index / PAGE))?.[index % PAGE]
  }

  /** Says which rows are on screen: what is missing of them is fetched, what is fetched for others is given up. */
  want(first: number, last: number): void {
    const wanted = new Set<string>()
    for (let row = first; row <= last; row += 1) {
      const at = this.rowAt(row)
      if (at === null || at.owner === null) continue
      const page = Math.floor(at.index / PAGE)
      const key = keyOf(at.owner, page)
      if (wanted.has(key)) continue
      wanted.add(key)
      if (at.owner.pages.has(page)) this.#keep(at.owner, page)
      else void this.#load(at.owner, page, false)
    }
    for (const [key, { controller, isAsked }] of this.#loading) if (!isAsked && !wanted.has(key)) controller.abort()
  }

  open(place: TreePlace): OpenNode | null {
    const opened = this.#opened(place)
    if (opened !== null) return opened
    const node = this.nodeOf(place)
    if (node === undefined || !hasChildren(node)) return null
    const made = openNode(node, place.owner, place.index)
    if (place.owner === null) this.#open = made
    else {
      const after = place.owner.opened.findIndex((child) => child.index > place.index)
      place.owner.opened.splice(after === -1 ? place.owner.opened.length : after, 0, made)
      grow(place.owner, made.rows)
    }
    this.#changed()
    return made
  }

  close(place: TreePlace): void {
    const opened = this.#opened(place)
    if (opened === null) return
    if (place.owner === null) this.#open = null
    else {
      place.owner.opened.splice(place.owner.opened.indexOf(opened), 1)
      grow(place.owner, -opened.rows)
    }
    this.#changed()
  }

  toggle(place: TreePlace): void {
    if (this.#opened(place) === null) this.open(place)
    else this.close(place)
  }

  /**
   * Opens a node and what is below it, level by level, until so many rows were added.
   *
   * @returns whether all of it is open now
   */
  async openAll(place: TreePlace, signal: AbortSignal, limit = EXPAND_LIMIT): Promise<boolean> {
    const start = this.rowCount
    const waiting: TreePlace[] = [place]
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const opened = this.#opened(next) ?? this.open(next)
      if (opened === null) continue
      const count = opened.node.count ?? 0
      for (let from = 0; from < count; from += PAGE) {
        if (this.rowCount - start > limit) return false
        const page = await this.#fetched(opened, from / PAGE)
        if (signal.aborted || page === null) return false
        for (const [index, node] of page.entries()) if (hasChildren(node)) waiting.push({ owner: opened, index: from + index })
      }
    }
    return true
  }

  /** Opens those of a node's siblings that are here and have children, the node itself included, as far as there is room. */
  openSiblings({ owner, index }: TreePlace): void {
    if (owner === null) {
      this.open({ owner, index })
      return
    }
    const start = this.rowCount
    for (const [page, nodes] of [...owner.pages].sort(([a], [b]) => a - b)) {
      for (const offset of nodes.keys()) {
        if (this.rowCount - start > EXPAND_LIMIT) return
        this.open({ owner, index: page * PAGE + offset })
      }
    }
  }

  /** Opens what is the only one of its siblings with children, so that what there is to see is seen. */
  async openSole(signal: AbortSignal): Promise<void> {
    let owner = this.#open
    for (let depth = 0; owner !== null && depth < 2; depth += 1) {
      if ((owner.node.count ?? 0) > PAGE) return
      const page: readonly TreeNode[] | null = await this.#fetched(owner, 0)
      if (signal.aborted || page === null) return
      const index: number = page.findIndex(hasChildren)
      if (index === -1 || page.findLastIndex(hasChildren) !== index) return
      owner = this.open({ owner, index })
    }
  }

  /** The way to each node that is open, outer ones first; the root, which has none, is left out. */
  openWays(): readonly TreeWay[] {
    const ways: TreeWay[] = []
    const visit = (owner: OpenNode, way: TreeWay): void => {
      for (const child of owner.opened) {
        if (ways.length === WAYS_KEPT) return
        const inside = [...way, { name: child.node.name, index: child.index }]
        ways.push(inside)
        visit(child, inside)
      }
    }
    if (this.#open !== null) visit(this.#open, [])
    return ways
  }

  /** Opens what the ways of another tree lead to in this one, as far as it is there: members by their names, the rest by index. */
  async openAlong(ways: readonly TreeWay[], signal: AbortSignal): Promise<void> {
    for (const way of ways) {
      let place: TreePlace | null = { owner: null, index: 0 }
      for (const step of way) {
        const owner: OpenNode | null = place && this.open(place)
        const index: number = owner === null ? -1 : await this.#indexOf(owner, step)
        if (signal.aborted) return
        place = owner === null || index === -1 ? null : { owner, index }
      }
      if (place !== null) this.open(place)
    }
  }

  async #indexOf(owner: OpenNode, { name, index }: TreeStep): Promise<number> {
    const count = owner.node.count ?? 0
    const isNamed = owner.node.kind === 'object' && name !== null
    const there = index < count ? (await this.#fetched(owner, Math.floor(index / PAGE)))?.[index % PAGE] : undefined
    if (there !== undefined && (!isNamed || there.name === name)) return index
    for (let from = 0; isNamed && from < Math.min(count, SEARCHED); from += PAGE) {
      const found = (await this.#fetched(owner, from / PAGE))?.findIndex((node) => node.name === name) ?? -1
      if (found !== -1) return from + found
    }
    return -1
  }

  /** Gives up what is under way. */
  dispose(): void {
    for (const { controller } of this.#loading.values()) controller.abort()
    this.#listeners.clear()
  }

  #opened({ owner, index }: TreePlace): OpenNode | null {
    return owner === null ? this.#open : (owner.opened.find((child) => child.index === index) ?? null)
  }

  #rowOf(owner: OpenNode, index: number): TreeRow {
    const place = { owner, index }
    const node = this.nodeOf(place)
    const isOpen = node === undefined || !hasChildren(node) ? null : this.#opened(place) !== null
    return { ...place, node, level: owner.level + 1, isOpen, siblings: owner.node.count ?? 0 }
  }

  async #fetched(owner: OpenNode, page: number): Promise<readonly TreeNode[] | null> {
    if (!owner.pages.has(page)) await this.#load(owner, page, true)
    return owner.pages.get(page) ?? null
  }

  #load(owner: OpenNode, page: number, isAsked: boolean): Promise<void> {
    const key = keyOf(owner, page)
    const loading = this.#loading.get(key)
    if (loading !== undefined && !loading.controller.signal.aborted && (loading.isAsked || !isAsked)) return loading.done
    const controller = new AbortController()
    const load = async (): Promise<void> => {
      const read = await this.#read(owner.node, page * PAGE, PAGE, controller.signal)
      if (this.#loading.get(key)?.controller === controller) this.#loading.delete(key)
      if (controller.signal.aborted) return
      if (!read.ok) {
        this.#onError(read.error)
        return
      }
      owner.pages.set(page, read.value)
      this.#keep(owner, page)
      this.#changed()
    }
    const done = load()
    this.#loading.set(key, { controller, done, isAsked })
    return done
  }

  #keep(owner: OpenNode, page: number): void {
    const key = keyOf(owner, page)
    this.#pages.delete(key)
    this.#pages.set(key, owner)
    for (const [oldest, whose] of this.#pages) {
      if (this.#pages.size <= PAGES_KEPT) return
      this.#pages.delete(oldest)
      whose.pages.delete(Number(oldest.slice(oldest.indexOf('/') + 1)))
    }
  }

  #changed(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}

function hasChildren({ count }: TreeNode): boolean {
  return count !== null && count > 0
}

let lastId = 0

function openNode(node: TreeNode, parent: OpenNode | null, index: number): OpenNode {
  lastId += 1
  return { id: lastId, node, parent, index, level: (parent?.level ?? 0) + 1, pages: new Map(), opened: [], rows: node.count ?? 0 }
}

function levelsOf(node: OpenNode | null): number {
  return node === null ? 1 : node.opened.reduce((deepest, child) => Math.max(deepest, levelsOf(child)), node.level + 1)
}

function grow(from: OpenNode, rows: number): void {
  for (let node: OpenNode | null = from; node !== null; node = node.parent) node.rows += rows
}

function keyOf(owner: OpenNode, page: number): string {
  return `${owner.id}/${page}`
}
