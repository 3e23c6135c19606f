/** The filter box and the buttons that make things. */
import FileInput from 'lucide-react/icons/file-input'
import FolderOpen from 'lucide-react/icons/folder-open'
import Library from 'lucide-react/icons/library-big'
import MoreHorizontal from 'lucide-react/icons/ellipsis'
import Plus from 'lucide-react/icons/plus'
import Trash from 'lucide-react/icons/trash-2'
import { createCollection, openCollection } from '../../actions/collections.ts'
import { openDeleted } from '../../actions/deleted-items.ts'
import { openImport } from '../../actions/import.ts'
import { newRequest } from '../../actions/tabs.ts'
import { useShortcut } from '../../stores/settings-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import styles from './sidebar.module.css'

export interface SidebarHeaderProps {
  readonly filter: string
  readonly onFilter: (filter: string) => void
}

export function SidebarHeader({ filter, onFilter }: SidebarHeaderProps) {
  return (
    <div className={styles.header}>
      <SearchField label="Filter requests" placeholder="Filter" value={filter} onChange={onFilter} clearLabel="Clear filter" />
      <IconButton label="New request" {...useShortcut('request.new')} icon={<Plus />} onClick={() => newRequest()} />
      <Menu
        align="end"
        trigger={<IconButton label="Collections menu" icon={<MoreHorizontal />} />}
        items={[
          { label: 'New collection', icon: <Library />, onSelect: () => void createCollection() },
          { label: 'Open collection folder', icon: <FolderOpen />, onSelect: () => void openCollection() },
          { label: 'Import…', icon: <FileInput />, onSelect: () => openImport() },
          { label: 'Deleted items…', icon: <Trash />, separatorBefore: true, onSelect: openDeleted },
        ]}
      />
    </div>
  )
}
