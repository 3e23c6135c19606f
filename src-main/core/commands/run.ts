/** Runs as commands: what would be run, starting and steering a run, and looking at those that are kept. */
import { resolve } from 'node:path'
import type { ParsedInput } from '#contract/commands.ts'
import { CollectionIdSchema, type CollectionId, type NodeId } from '#contract/model/ids.ts'
import type { RunComparison, RunItem, RunSummary } from '#contract/model/run.ts'
import { methodShown } from '#contract/model/method-shown.ts'
import type { ParentRef } from '#contract/model/workspace.ts'
import type { BodyStore } from '../bodies/body-store.ts'
import { keepPieces } from '../bodies/keep-pieces.ts'
import type { Handlers } from '../dispatch.ts'
import { CoreError } from '../lib/core-error.ts'
import { readDataFile } from '../runner/data-rows.ts'
import { findItems, type FoundItem } from '../runner/found-items.ts'
import { folderSource } from '../runner/folder-source.ts'
import { planOf } from '../runner/plan-of.ts'
import { inPieces, REPORTS } from '../runner/reports/report.ts'
import type { Runner } from '../runner/runner.ts'
import { headOf, summaryOf, type RunView } from '../runner/run-views.ts'
import { nodeIdOf, splitNodeId } from '../storage/item-paths.ts'
import { nameForItem } from '../storage/file-names.ts'
import type { Workspace } from '../storage/workspace.ts'
import type { HandedFiles } from './handed-files.ts'

export interface RunDeps {
  readonly runner: Runner
  readonly workspace: Workspace
  readonly bodies: Pick<BodyStore, 'write'>
  readonly handedFiles: HandedFiles
}

type RunCommand =
  | `run.${'items' | 'data' | 'start' | 'pause' | 'resume' | 'stop'}`
  | `run.${'list' | 'read' | 'rows' | 'row' | 'compare' | 'remove' | 'export'}`

const PREVIEW_ROWS = 50

export function runHandlers(deps: RunDeps): Pick<Handlers, RunCommand> {
  const { runner, workspace, handedFiles } = deps
  return {
    'run.items': async ({ source }) => ({ items: await itemsOf(source, workspace) }),
    'run.data': async ({ path, collectionId }) => {
      const folders = collectionId === null ? [] : [workspace.folderOf(collectionId)]
      const absolute = resolve(...folders, path)
      await handedFiles.check([absolute], folders)
      const { format, columns, rows, warnings } = await readDataFile(absolute)
      return {
        path: absolute,
        format,
        columns: [...columns],
        rowCount: rows.length,
        rows: rows.slice(0, PREVIEW_ROWS).map((row) => ({ ...row })),
        warnings: [...warnings],
      }
    },
    'run.start': async ({ nodeIds, ...options }) => {
      const { root, paths } = placeOfAll(nodeIds, workspace)
      if (options.data !== null) await handedFiles.check([resolve(root, options.data.path)], [root])
      const source = await folderSource({ root, paths }, workspace.reader, { broken: 'note' })
      const { id } = await runner.start(await planOf(source, options, root))
      return { runId: id }
    },
    'run.pause': async ({ runId }) => {
      runner.engineOf(runId)?.pause()
      return {}
    },
    'run.resume': async ({ runId }) => {
      runner.engineOf(runId)?.resume()
      return {}
    },
    'run.stop': async ({ runId }) => {
      runner.engineOf(runId)?.stop()
      return {}
    },
    'run.list': async () => ({ runs: (await runner.list()).map(headOf) }),
    'run.read': async ({ runId }) => summaryOf((await runner.open(runId)).view),
    'run.rows': (input) => rowsOf(input, runner),
    'run.row': async ({ runId, index }) => {
      const { view, reader } = await runner.open(runId)
      const [result] = index < view.index.count() ? await reader.results([index]) : []
      if (result) return result
      throw new CoreError('NotFound', 'store', `The run has no result ${index + 1}.`)
    },
    'run.compare': async ({ before, after }) => compared((await runner.open(before)).view, (await runner.open(after)).view),
    'run.remove': async ({ runId }) => {
      await runner.remove(runId)
      return {}
    },
    'run.export': (input) => exported(input, deps),
  }
}

async function itemsOf(source: ParsedInput<'run.items'>['source'], workspace: Workspace): Promise<RunItem[]> {
  if (source.kind === 'nodes') {
    const { root, paths, collectionId } = placeOfAll(source.nodeIds, workspace)
    return (await findItems(root, paths)).items.map((item) => runItem(item, collectionId))
  }
  const { parent } = source
  const { root, path } = placeOf(parent, workspace)
  const { items } = await findItems(root, path === '' ? null : [path])
  // The folder itself was asked for; what is in it is what there is to choose from.
  const within = path === '' ? items : items.slice(1).map((item) => ({ ...item, depth: item.depth - 1 }))
  return within.map((item) => runItem(item, parent.collectionId))
}

function runItem({ kind, path, name, depth, document, error }: FoundItem, collectionId: CollectionId): RunItem {
  return {
    nodeId: nodeIdOf(collectionId, path),
    kind,
    name: document?.name ?? name,
    depth,
    ...(document && { method: methodShown(document), url: document.url }),
    ...(error !== null && { error }),
  }
}

function placeOf({ collectionId, folderId }: ParentRef, workspace: Workspace): { readonly root: string; readonly path: string } {
  return folderId === null ? { root: workspace.folderOf(collectionId), path: '' } : workspace.placeOf(folderId)
}

interface Places {
  readonly collectionId: CollectionId
  readonly root: string
  readonly paths: readonly string[]
}

function placeOfAll(nodeIds: readonly NodeId[], workspace: Workspace): Places {
  const places = nodeIds.map(workspace.placeOf)
  const [first] = nodeIds
  const roots = new Set(places.map(({ root }) => root))
  const [root] = roots
  if (first === undefined || root === undefined || roots.size > 1) {
    throw new CoreError('InvalidCall', 'call', 'The requests of a run are of one collection.')
  }
  return { root, paths: places.map(({ path }) => path), collectionId: CollectionIdSchema.parse(splitNodeId(first).collectionId) }
}

async function rowsOf({ runId, offset, limit, filter }: ParsedInput<'run.rows'>, runner: Runner) {
  const { reader } = await runner.open(runId)
  const { outcome, text, item } = filter
  const { indexes, total } = await reader.matching({ outcome, text: text.trim().toLowerCase(), item }, offset, limit)
  return { rows: await reader.results(indexes), total }
}

function compared(one: RunView, other: RunView): RunComparison {
  const [before, after] = [summaryOf(one), summaryOf(other)]
  const keyOf = ({ name, folders, method }: RunSummary['requests'][number]): string => JSON.stringify([method, folders, name])
  const old = new Map(before.requests.map((request) => [keyOf(request), request]))
  const fresh = new Map(after.requests.map((request) => [keyOf(request), request]))
  const keys = new Set([...fresh.keys(), ...old.keys()])
  return {
    before: headOf(one),
    after: headOf(other),
    totals: { before: before.totals, after: after.totals },
    requests: [...keys].flatMap((key) => {
      const one = fresh.get(key) ?? old.get(key)
      if (!one) return []
      const { name, folders, method } = one
      return [{ name, folders, method, before: old.get(key) ?? null, after: fresh.get(key) ?? null }]
    }),
  }
}

async function exported({ runId, format }: ParsedInput<'run.export'>, { runner, bodies }: RunDeps) {
  const { view, reader } = await runner.open(runId)
  const { write, contentType, ending } = REPORTS[format]
  const { id, bytes } = await keepPieces(bodies, inPieces(write({ summary: summaryOf(view), results: reader.all })))
  return { bodyId: id, bytes, fileName: `${nameForItem(view.file.name, 'run')}.${ending}`, contentType }
}
