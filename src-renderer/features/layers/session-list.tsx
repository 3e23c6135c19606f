/** The sessions of the collection in front: which is used, which have unsaved edits, and what can be done with each. */
import Check from 'lucide-react/icons/check'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Square from 'lucide-react/icons/square-pen'
import Trash from 'lucide-react/icons/trash-2'
import Unplug from 'lucide-react/icons/unplug'
import User from 'lucide-react/icons/user-round'
import UserPlus from 'lucide-react/icons/user-round-plus'
import { useMemo, type KeyboardEvent } from 'react'
import type { CollectionId } from '#contract/model/ids.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import { chooseSession } from '../../actions/choices.ts'
import { editSession } from '../../actions/layer-pages.ts'
import { closeConnections, duplicateSession, newSession, removeSession, renameSession } from '../../actions/sessions.ts'
import { collectionFor } from '../../lib/collection-of.ts'
import { NO_CHOICE, useChoicesStore } from '../../stores/choices-store.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { activeTab, useDraftsStore } from '../../stores/drafts-store.ts'
import { isEdited, useLayerDraftsStore } from '../../stores/layer-drafts-store.ts'
import { usePageStore } from '../../stores/page-store.ts'
import { useSurroundingsStore } from '../../stores/surroundings-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import styles from '../../ui/item-list.module.css'
import { ContextMenu, Menu, type MenuItem } from '../../ui/menu.tsx'
import own from './layers.module.css'

const ONLY_DEFAULT: readonly string[] = [DEFAULT_SESSION]

export function SessionList() {
  const collections = useCollectionsStore((state) => state.collections)
  const lastUsed = useChoicesStore((state) => state.lastUsed)
  const nodeId = useDraftsStore((state) => activeTab(state)?.draft.nodeId ?? null)
  const collection = useMemo(() => collectionFor(nodeId, collections, lastUsed), [nodeId, collections, lastUsed])
  const sessions = useSurroundingsStore((state) => (collection && state.byCollection[collection.id]?.sessions) ?? ONLY_DEFAULT)
  if (!collection) {
    return (
      <EmptyState title="No collection is open">
        <p>Sessions belong to a collection.</p>
      </EmptyState>
    )
  }
  const { id } = collection
  return (
    <section className={styles.view} aria-label="Sessions">
      <header className={styles.header}>
        <span className={styles.collection} title={`Sessions of ${collection.name}`}>
          {collection.name}
        </span>
        <IconButton label="New session" icon={<Plus />} onClick={() => void newSession(id)} />
      </header>
      <ul className={styles.list} aria-label={`Sessions of ${collection.name}`}>
        {sessions.map((name) => (
          <Item key={name} collectionId={id} name={name} />
        ))}
      </ul>
      {sessions.length === 1 && (
        <p className={own.listHelp}>
          A session has its own cookies, credentials, headers and connections. Make one for each user that you act as.
        </p>
      )}
    </section>
  )
}

function Item({ collectionId, name }: { readonly collectionId: CollectionId; readonly name: string }) {
  const isChosen = useChoicesStore((state) => (state.byCollection[collectionId] ?? NO_CHOICE).session ?? DEFAULT_SESSION) === name
  const adapters = useSurroundingsStore((state) => state.byCollection[collectionId]?.adapters[name] ?? 0)
  const entry = useLayerDraftsStore((state) =>
    Object.values(state.byId).find(({ draft }) => draft.kind === 'session' && draft.collectionId === collectionId && draft.name === name),
  )
  const isShown = usePageStore(({ page }) => page?.kind === 'layer' && page.id === entry?.draft.id)
  const isUnsaved = entry !== undefined && isEdited(entry.draft)
  const label = name === DEFAULT_SESSION ? 'Default session' : name
  const use = (): void => chooseSession(collectionId, name === DEFAULT_SESSION ? null : name)
  const items = itemsOf(collectionId, name, isChosen, use)
  const mounted = adapters === 0 ? '' : adapters === 1 ? '1 adapter' : `${adapters} adapters`
  return (
    <ContextMenu items={items}>
      <li className={styles.item} data-shown={isShown}>
        <button
          type="button"
          className={styles.open}
          aria-label={label}
          aria-current={isShown ? 'page' : undefined}
          aria-description={[isChosen && 'in use', isUnsaved && 'not saved', mounted].filter(Boolean).join(', ') || undefined}
          title={label}
          onClick={() => void editSession(collectionId, name)}
          onKeyDown={(event) => onKey(event, collectionId, name)}
        >
          <User className={own.person} aria-hidden="true" />
          <span className={styles.name}>{label}</span>
          {isUnsaved && <span className={styles.unsaved} aria-hidden="true" />}
        </button>
        {mounted !== '' && (
          <span className={own.count} aria-hidden="true">
            {mounted}
          </span>
        )}
        <IconButton
          label={isChosen ? `${label} is in use` : `Use ${label}`}
          className={styles.use ?? ''}
          pressed={isChosen}
          icon={<Check />}
          onClick={use}
        />
        <Menu
          align="end"
          items={items}
          trigger={<IconButton label={`Actions of ${label}`} className={styles.more ?? ''} icon={<Ellipsis />} />}
        />
      </li>
    </ContextMenu>
  )
}

function itemsOf(id: CollectionId, name: string, isChosen: boolean, use: () => void): readonly MenuItem[] {
  // It is there in every collection, under this name.
  const isDefault = name === DEFAULT_SESSION
  return [
    { label: 'Use', icon: <Check />, disabled: isChosen, onSelect: use },
    { label: 'Edit', icon: <Square />, onSelect: () => void editSession(id, name) },
    {
      label: 'Duplicate to act as another user…',
      icon: <UserPlus />,
      separatorBefore: true,
      onSelect: () => void duplicateSession(id, name),
    },
    { label: 'Rename…', icon: <Pencil />, shortcut: 'F2', disabled: isDefault, onSelect: () => void renameSession(id, name) },
    { label: 'Close connections', icon: <Unplug />, separatorBefore: true, onSelect: () => void closeConnections(id, name) },
    {
      label: 'Delete',
      icon: <Trash />,
      shortcut: 'Delete',
      danger: true,
      disabled: isDefault,
      separatorBefore: true,
      onSelect: () => void removeSession(id, name),
    },
  ]
}

function onKey(event: KeyboardEvent, id: CollectionId, name: string): void {
  if (event.ctrlKey || event.metaKey || event.altKey || name === DEFAULT_SESSION) return
  if (event.key === 'F2') void renameSession(id, name)
  else if (event.key === 'Delete') void removeSession(id, name)
  else return
  event.preventDefault()
}
