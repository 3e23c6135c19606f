/** The environments of the collection in front: which is used, which have unsaved edits, and what can be done with each. */
import Layers from 'lucide-react/icons/layers'
import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import History from 'lucide-react/icons/history'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Square from 'lucide-react/icons/square-pen'
import Trash from 'lucide-react/icons/trash-2'
import type { CollectionId } from '#contract/model/ids.ts'
import { openVersionsOfEnvironment } from '../../actions/backups.ts'
import { chooseEnvironment } from '../../actions/choices.ts'
import { createCollection } from '../../actions/collections.ts'
import { duplicateEnvironment, editEnvironment, newEnvironment, removeEnvironment, renameEnvironment } from '../../actions/environments.ts'
import { useCollectionInFront } from '../../forms/collection-in-front.ts'
import { NO_CHOICE, useChoicesStore } from '../../stores/choices-store.ts'
import { isEdited, useLayerDraftsStore } from '../../stores/layer-drafts-store.ts'
import { usePageStore } from '../../stores/page-store.ts'
import { useSurroundingsStore, type EnvironmentChoice } from '../../stores/surroundings-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ItemList, ListItem } from '../../ui/item-list.tsx'
import type { MenuItem } from '../../ui/menu-item.ts'
import styles from './environments.module.css'
import { rich, t } from '../../lib/t.ts'
import { told } from '../../lib/told.ts'

const NONE: readonly EnvironmentChoice[] = []

export function EnvironmentList() {
  const collection = useCollectionInFront()
  const environments = useSurroundingsStore((state) => (collection && state.byCollection[collection.id]?.environments) ?? NONE)
  if (!collection) {
    return (
      <EmptyState icon={<Layers />} title={t`No collection is open`}>
        <p>{t`Environments are files of a collection.`}</p>
        <Button onClick={() => void createCollection()}>{t`New collection`}</Button>
      </EmptyState>
    )
  }
  const { id, name } = collection
  const create = (): void => void newEnvironment(id)
  return (
    <ItemList label={t`Environments`} of={name} newLabel={t`New environment`} onNew={create} empty={<Empty onNew={create} />}>
      {environments.map((environment) => (
        <Item key={environment.file} collectionId={id} environment={environment} />
      ))}
    </ItemList>
  )
}

function Empty({ onNew }: { readonly onNew: () => void }) {
  return (
    <EmptyState icon={<Layers />} title={t`No environments yet`}>
      <p>{rich`An environment gives values to ${(<code>{'{{names}}'}</code>)}: one for development, say, and one for production.`}</p>
      <Button icon={<Plus />} onClick={onNew}>{t`New environment`}</Button>
    </EmptyState>
  )
}

interface ItemProps {
  readonly collectionId: CollectionId
  readonly environment: EnvironmentChoice
}

function Item({ collectionId, environment }: ItemProps) {
  const { name, file, color, error } = environment
  const isChosen = useChoicesStore((state) => (state.byCollection[collectionId] ?? NO_CHOICE).environment === name)
  const entry = useLayerDraftsStore((state) =>
    Object.values(state.byId).find(
      ({ draft }) => draft.kind === 'environment' && draft.collectionId === collectionId && draft.file === file,
    ),
  )
  const isShown = usePageStore(({ page }) => page?.kind === 'layer' && page.id === entry?.draft.id)
  const use = (): void => chooseEnvironment(collectionId, isChosen ? null : name)
  return (
    <ListItem
      name={name}
      title={error ? told(error.message) : `environments/${file}`}
      icon={
        <span
          className={styles.dot}
          data-none={color === null}
          {...(color !== null && { style: { backgroundColor: color, borderColor: color } })}
        />
      }
      isShown={isShown}
      isUnsaved={entry !== undefined && isEdited(entry.draft)}
      isUsed={isChosen}
      useLabel={t`Use ${name}`}
      onUse={use}
      {...(error && { facts: t`cannot be read`, factsTone: 'danger' })}
      menu={itemsOf(collectionId, environment, isChosen, use)}
      onOpen={() => void editEnvironment(collectionId, file)}
      onRename={error === null ? () => void renameEnvironment(collectionId, file, name) : null}
      onDelete={() => void removeEnvironment(collectionId, file, name)}
    />
  )
}

function itemsOf(id: CollectionId, { name, file, error }: EnvironmentChoice, isChosen: boolean, use: () => void): readonly MenuItem[] {
  const isBroken = error !== null
  return [
    { label: isChosen ? t`Stop using` : t`Use`, icon: <Check />, onSelect: use },
    { label: t`Edit`, icon: <Square />, onSelect: () => void editEnvironment(id, file) },
    {
      label: t`Rename…`,
      icon: <Pencil />,
      shortcut: 'F2',
      disabled: isBroken,
      separatorBefore: true,
      onSelect: () => void renameEnvironment(id, file, name),
    },
    { label: t`Earlier versions…`, icon: <History />, onSelect: () => openVersionsOfEnvironment(id, file, name) },
    { label: t`Duplicate`, icon: <Copy />, disabled: isBroken, onSelect: () => void duplicateEnvironment(id, file) },
    {
      label: t`Delete`,
      icon: <Trash />,
      shortcut: 'Delete',
      danger: true,
      separatorBefore: true,
      onSelect: () => void removeEnvironment(id, file, name),
    },
  ]
}
