/** The sessions of the collection in front: which is used, which have unsaved edits, and what can be done with each. */
import Users from 'lucide-react/icons/users-round'
import Check from 'lucide-react/icons/check'
import Pencil from 'lucide-react/icons/pencil'
import Square from 'lucide-react/icons/square-pen'
import Trash from 'lucide-react/icons/trash-2'
import Unplug from 'lucide-react/icons/unplug'
import User from 'lucide-react/icons/user-round'
import UserPlus from 'lucide-react/icons/user-round-plus'
import type { CollectionId } from '#contract/model/ids.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import { chooseSession } from '../../actions/choices.ts'
import { createCollection } from '../../actions/collections.ts'
import { editSession } from '../../actions/layer-pages.ts'
import { closeConnections, duplicateSession, newSession, removeSession, renameSession } from '../../actions/sessions.ts'
import { useCollectionInFront } from '../../forms/collection-in-front.ts'
import { NO_CHOICE, useChoicesStore } from '../../stores/choices-store.ts'
import { isEdited, useLayerDraftsStore } from '../../stores/layer-drafts-store.ts'
import { usePageStore } from '../../stores/page-store.ts'
import { useSurroundingsStore } from '../../stores/surroundings-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ItemList, ListItem } from '../../ui/item-list.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import styles from './layers.module.css'
import { t } from '../../lib/t.ts'

const ONLY_DEFAULT: readonly string[] = [DEFAULT_SESSION]

export function SessionList() {
  const collection = useCollectionInFront()
  const sessions = useSurroundingsStore((state) => (collection && state.byCollection[collection.id]?.sessions) ?? ONLY_DEFAULT)
  if (!collection) {
    return (
      <EmptyState icon={<Users />} title={t`No collection is open`}>
        <p>{t`Sessions belong to a collection.`}</p>
        <Button onClick={() => void createCollection()}>{t`New collection`}</Button>
      </EmptyState>
    )
  }
  const { id, name } = collection
  return (
    <ItemList
      label={t`Sessions`}
      of={name}
      newLabel={t`New session`}
      onNew={() => void newSession(id)}
      help={sessions.length === 1 && <Help />}
    >
      {sessions.map((session) => (
        <Item key={session} collectionId={id} name={session} />
      ))}
    </ItemList>
  )
}

function Help() {
  return (
    <p
      className={styles.listHelp}
    >{t`A session has its own cookies, credentials, headers and connections. Make one for each user that you act as.`}</p>
  )
}

function Item({ collectionId, name }: { readonly collectionId: CollectionId; readonly name: string }) {
  const isChosen = useChoicesStore((state) => (state.byCollection[collectionId] ?? NO_CHOICE).session ?? DEFAULT_SESSION) === name
  const adapters = useSurroundingsStore((state) => state.byCollection[collectionId]?.adapters[name] ?? 0)
  const entry = useLayerDraftsStore((state) =>
    Object.values(state.byId).find(({ draft }) => draft.kind === 'session' && draft.collectionId === collectionId && draft.name === name),
  )
  const isShown = usePageStore(({ page }) => page?.kind === 'layer' && page.id === entry?.draft.id)
  const isDefault = name === DEFAULT_SESSION
  const label = isDefault ? t`Default session` : name
  const use = (): void => chooseSession(collectionId, isDefault ? null : name)
  return (
    <ListItem
      name={label}
      title={label}
      icon={<User className={styles.person} aria-hidden="true" />}
      isShown={isShown}
      isUnsaved={entry !== undefined && isEdited(entry.draft)}
      isUsed={isChosen}
      useLabel={isChosen ? t`${label} is in use` : t`Use ${label}`}
      onUse={use}
      facts={adapters === 0 ? '' : adapters === 1 ? t`1 adapter` : t`${adapters} adapters`}
      menu={itemsOf(collectionId, name, isChosen, use)}
      onOpen={() => void editSession(collectionId, name)}
      onRename={isDefault ? null : () => void renameSession(collectionId, name)}
      onDelete={isDefault ? null : () => void removeSession(collectionId, name)}
    />
  )
}

function itemsOf(id: CollectionId, name: string, isChosen: boolean, use: () => void): readonly MenuItem[] {
  // It is there in every collection, under this name.
  const isDefault = name === DEFAULT_SESSION
  return [
    { label: t`Use`, icon: <Check />, disabled: isChosen, onSelect: use },
    { label: t`Edit`, icon: <Square />, onSelect: () => void editSession(id, name) },
    {
      label: t`Duplicate to act as another user…`,
      icon: <UserPlus />,
      separatorBefore: true,
      onSelect: () => void duplicateSession(id, name),
    },
    { label: t`Rename…`, icon: <Pencil />, shortcut: 'F2', disabled: isDefault, onSelect: () => void renameSession(id, name) },
    { label: t`Close connections`, icon: <Unplug />, separatorBefore: true, onSelect: () => void closeConnections(id, name) },
    {
      label: t`Delete`,
      icon: <Trash />,
      shortcut: 'Delete',
      danger: true,
      disabled: isDefault,
      separatorBefore: true,
      onSelect: () => void removeSession(id, name),
    },
  ]
}
