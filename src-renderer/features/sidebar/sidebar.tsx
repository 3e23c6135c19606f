/** The side bar: a filter, what can be made, and the tree of collections with its empty and error states. */
import FolderOpen from 'lucide-react/icons/folder-open'
import { useDeferredValue, useState } from 'react'
import { loadCollections } from '../../actions/collection-news.ts'
import { createCollection, openCollection } from '../../actions/collections.ts'
import { openImport } from '../../actions/import.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { SidebarHeader } from './sidebar-header.tsx'
import styles from './sidebar.module.css'
import { Awaiting, firstPart } from '../../lib/lazy-part.ts'
import { t } from '../../lib/t.ts'

/** Fetched while the host reads the collections, so that the frame of the window waits for neither. */
const CollectionTree = firstPart(async () => ({ default: (await import('./collection-tree.tsx')).CollectionTree }))

export function Sidebar() {
  const [filter, setFilter] = useState('')
  const deferredFilter = useDeferredValue(filter)
  return (
    <nav className={styles.sidebar} aria-label={t`Side bar`}>
      <SidebarHeader filter={filter} onFilter={setFilter} />
      <Content filter={deferredFilter} />
    </nav>
  )
}

function Content({ filter }: { readonly filter: string }) {
  const count = useCollectionsStore((state) => state.collections.length)
  const loaded = useCollectionsStore((state) => state.loaded)
  const error = useCollectionsStore((state) => state.error)
  if (error && !loaded) {
    return (
      <div className={styles.problem}>
        <ProblemNote
          live
          message={error.message}
          {...(error.hint !== undefined && { hint: error.hint })}
          action={<Button onClick={() => void loadCollections()}>{t`Try again`}</Button>}
        />
      </div>
    )
  }
  if (!loaded) return <div className={styles.fill} aria-busy="true" />
  if (count > 0) {
    return (
      <Awaiting fallback={<div className={styles.fill} aria-busy="true" />}>
        <CollectionTree filter={filter} />
      </Awaiting>
    )
  }
  return (
    <EmptyState icon={<FolderOpen />} title={t`No collections`}>
      <p>{t`A collection is a folder of requests, kept as plain files.`}</p>
      <Button onClick={() => void createCollection()}>{t`New collection`}</Button>
      <Button onClick={() => void openCollection()}>{t`Open a folder`}</Button>
      <Button onClick={() => openImport()}>{t`Import…`}</Button>
    </EmptyState>
  )
}
