/** What can be done with several items of the tree at a time. */
import CopyPlus from 'lucide-react/icons/copy-plus'
import FileOutput from 'lucide-react/icons/file-output'
import Play from 'lucide-react/icons/play'
import Trash from 'lucide-react/icons/trash-2'
import { duplicateNodes } from '../../actions/collections.ts'
import { openExport } from '../../actions/export.ts'
import { planRun } from '../../actions/runs.ts'
import { trashNodes } from '../../actions/trash.ts'
import type { NodeRow } from '../../lib/tree-rows.ts'
import type { MenuItem } from '../../ui/menu-item.ts'
import { t } from '../../lib/t.ts'

export function trashSeveral(items: readonly NodeRow[]): void {
  void trashNodes(idsOf(items))
}

export function duplicateSeveral(items: readonly NodeRow[]): void {
  void duplicateNodes(idsOf(items))
}

/** A run and an export are of one collection. */
export function menuOfSeveral(items: readonly NodeRow[]): readonly MenuItem[] {
  const [first] = items
  if (!first) return []
  const { collectionId } = first
  const isOne = items.every((item) => item.collectionId === collectionId)
  const nodeIds = idsOf(items)
  const name = t`${items.length} items`
  return [
    { label: t`Duplicate ${name}`, icon: <CopyPlus />, shortcut: 'Ctrl+D', onSelect: () => duplicateSeveral(items) },
    {
      label: t`Run ${name}…`,
      icon: <Play />,
      disabled: !isOne,
      onSelect: () => void planRun({ kind: 'nodes', nodeIds, collectionId, name }),
    },
    {
      label: t`Export ${name}…`,
      icon: <FileOutput />,
      disabled: !isOne,
      onSelect: () => openExport({ kind: 'picked', nodeIds, collectionId, name }),
    },
    {
      label: t`Delete ${name}`,
      icon: <Trash />,
      shortcut: 'Delete',
      danger: true,
      separatorBefore: true,
      onSelect: () => trashSeveral(items),
    },
  ]
}

function idsOf(items: readonly NodeRow[]) {
  return items.map(({ node }) => node.id)
}
