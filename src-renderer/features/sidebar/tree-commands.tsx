/** What can be done with a row of the tree, by the keyboard and by its menu. */
import CopyPlus from 'lucide-react/icons/copy-plus'
import FileOutput from 'lucide-react/icons/file-output'
import FileInput from 'lucide-react/icons/file-input'
import FolderOpen from 'lucide-react/icons/folder-open'
import FolderPlus from 'lucide-react/icons/folder-plus'
import History from 'lucide-react/icons/history'
import Pencil from 'lucide-react/icons/pencil'
import Play from 'lucide-react/icons/play'
import Plus from 'lucide-react/icons/plus'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import Trash from 'lucide-react/icons/trash-2'
import X from 'lucide-react/icons/x'
import { openVersions } from '../../actions/backups.ts'
import {
  closeCollection,
  createFolder,
  createRequestIn,
  duplicateNode,
  moveNodes,
  renameCollection,
  renameNode,
  revealFolder,
  setCollapsed,
} from '../../actions/collections.ts'
import { openExport } from '../../actions/export.ts'
import { openImport } from '../../actions/import.ts'
import { openDefaults } from '../../actions/layer-pages.ts'
import { planRun, type RunSubject } from '../../actions/runs.ts'
import { trashNodes } from '../../actions/trash.ts'
import { openRequest } from '../../actions/tabs.ts'
import { childrenOf, parentForNew, rowName, type TreeRow } from '../../lib/tree-rows.ts'
import { capabilities } from '../../platform/use-capability.ts'
import type { BackupFileId } from '../../stores/backups-store.ts'
import type { ExportSubject } from '../../stores/export-store.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import { t } from '../../lib/t.ts'

/** What the tree itself does for a command. */
export interface TreeCommands {
  readonly startRename: (key: string) => void
  readonly setCursor: (key: string) => void
}

/** Open a request, or fold or unfold what holds others. */
export function openRow(row: TreeRow): void {
  if (row.kind === 'node' && row.node.kind !== 'folder') void openRequest(row.node.id)
  else if (row.expanded !== null) setCollapsed(row.key, row.expanded)
}

export function renameRow(row: TreeRow, name: string): void {
  if (row.kind === 'collection') void renameCollection(row.collection.id, name)
  else void renameNode(row.node.id, name)
}

export function trashRow(row: TreeRow): void {
  if (row.kind === 'node') void trashNodes([row.node.id])
}

/** Copy a row's item and put the cursor on the copy. */
export async function duplicateRow(row: TreeRow, commands: TreeCommands): Promise<void> {
  if (row.kind !== 'node') return
  const copy = await duplicateNode(row.node.id)
  if (copy !== null) commands.setCursor(copy)
}

/** Move a row's item up or down among its siblings. */
export function shiftRow(row: TreeRow, step: 1 | -1): void {
  if (row.kind !== 'node') return
  const parent = { collectionId: row.collectionId, folderId: row.node.parentId }
  const siblings = childrenOf(useCollectionsStore.getState().collections, parent)
  const at = siblings.findIndex((sibling) => sibling.id === row.node.id)
  const index = step < 0 ? at - 1 : at + 2
  if (at >= 0 && index >= 0 && index <= siblings.length) void moveNodes([row.node.id], parent, index)
}

/** The row's menu. */
export function menuItems(row: TreeRow, commands: TreeCommands): readonly MenuItem[] {
  const inside: MenuItem[] = [
    {
      label: t`New request`,
      icon: <Plus />,
      onSelect: () => void createRequestIn(parentForNew(row)).then((id) => id && commands.setCursor(id)),
    },
    { label: t`New folder`, icon: <FolderPlus />, onSelect: () => void newFolder(row, commands) },
    { label: t`Import…`, icon: <FileInput />, onSelect: () => openImport(parentForNew(row)) },
  ]
  const rename: MenuItem = {
    label: t`Rename`,
    icon: <Pencil />,
    shortcut: 'F2',
    separatorBefore: true,
    onSelect: () => commands.startRename(row.key),
  }
  const handOn: MenuItem = { label: t`Export…`, icon: <FileOutput />, onSelect: () => openExport(subjectOf(row)) }
  const run: MenuItem = { label: t`Run…`, icon: <Play />, onSelect: () => void planRun(runSubjectOf(row)) }
  const versions: MenuItem = { label: t`Earlier versions…`, icon: <History />, onSelect: () => openVersions(versionsId(row), rowName(row)) }
  const defaults: MenuItem = { label: t`Defaults…`, icon: <SlidersHorizontal />, onSelect: () => void openDefaultsOf(row) }
  if (row.kind === 'collection') {
    const { id, path } = row.collection
    const reveal: MenuItem = { label: t`Show in file manager`, icon: <FolderOpen />, onSelect: () => void revealFolder(path) }
    const close: MenuItem = { label: t`Close collection`, icon: <X />, onSelect: () => void closeCollection(id) }
    return [...inside, run, handOn, rename, defaults, versions, ...(capabilities().reveal ? [reveal] : []), close]
  }
  const isRequest = row.node.kind !== 'folder'
  return [
    ...(isRequest ? [{ label: t`Open`, icon: <FolderOpen />, shortcut: 'Enter', onSelect: () => openRow(row) }] : inside),
    rename,
    { label: t`Duplicate`, icon: <CopyPlus />, shortcut: 'Ctrl+D', onSelect: () => void duplicateRow(row, commands) },
    ...(isRequest ? [] : [defaults]),
    run,
    handOn,
    versions,
    ...(isRequest ? inside.map((item, index) => ({ ...item, separatorBefore: index === 0 })) : []),
    { label: t`Delete`, icon: <Trash />, shortcut: 'Delete', danger: true, separatorBefore: true, onSelect: () => trashRow(row) },
  ]
}

function runSubjectOf(row: TreeRow): RunSubject {
  if (row.kind === 'collection') return { kind: 'place', parent: { collectionId: row.collection.id, folderId: null }, name: rowName(row) }
  const { node, collectionId } = row
  if (node.kind === 'folder') return { kind: 'place', parent: { collectionId, folderId: node.id }, name: node.name }
  return { kind: 'nodes', nodeIds: [node.id], collectionId, name: node.name }
}

function subjectOf(row: TreeRow): ExportSubject {
  if (row.kind === 'collection') return { kind: 'place', parent: { collectionId: row.collection.id, folderId: null }, name: rowName(row) }
  const { node, collectionId } = row
  if (node.kind === 'folder') return { kind: 'place', parent: { collectionId, folderId: node.id }, name: node.name }
  return { kind: 'saved', nodeId: node.id, name: node.name }
}

/** Show what a folder or a collection gives to its requests. */
async function openDefaultsOf(row: TreeRow): Promise<void> {
  if (row.kind === 'collection') await openDefaults(row.collection.id, null)
  else await openDefaults(row.collectionId, row.node.id)
}

function versionsId(row: TreeRow): BackupFileId {
  return row.kind === 'collection' ? row.collection.id : row.node.id
}

async function newFolder(row: TreeRow, commands: TreeCommands): Promise<void> {
  const made = await createFolder(parentForNew(row))
  if (made === null) return
  commands.setCursor(made)
  commands.startRename(made)
}
