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
import { t } from '../../lib/t.ts'

export interface SidebarHeaderProps {
  readonly filter: string
  readonly onFilter: (filter: string) => void
}

export function SidebarHeader({ filter, onFilter }: SidebarHeaderProps) {
  return (
    <div className={styles.header}>
      <SearchField label={t`Filter requests`} placeholder={t`Filter`} value={filter} onChange={onFilter} clearLabel={t`Clear filter`} />
      <IconButton label={t`New request`} {...useShortcut('request.new')} icon={<Plus />} onClick={() => newRequest()} />
      <Menu
        align="end"
        trigger={<IconButton label={t`Collections menu`} icon={<MoreHorizontal />} />}
        items={[
          { label: t`New collection`, icon: <Library />, onSelect: () => void createCollection() },
          { label: t`Open collection folder`, icon: <FolderOpen />, onSelect: () => void openCollection() },
          { label: t`Import…`, icon: <FileInput />, onSelect: () => openImport() },
          { label: t`Deleted items…`, icon: <Trash />, separatorBefore: true, onSelect: openDeleted },
        ]}
      />
    </div>
  )
}
