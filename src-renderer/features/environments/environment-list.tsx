/** The environments of the collection in front: which is used, which have unsaved edits, and what can be done with each. */
import Check from 'lucide-react/icons/check'
import Copy from 'lucide-react/icons/copy'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Square from 'lucide-react/icons/square-pen'
import Trash from 'lucide-react/icons/trash-2'
import { useMemo, type KeyboardEvent } from 'react'
import type { CollectionId } from '#contract/model/ids.ts'
import { chooseEnvironment } from '../../actions/choices.ts'
import { duplicateEnvironment, editEnvironment, newEnvironment, removeEnvironment, renameEnvironment } from '../../actions/environments.ts'
import { collectionFor } from '../../lib/collection-of.ts'
import { NO_CHOICE, useChoicesStore } from '../../stores/choices-store.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { activeTab, useDraftsStore } from '../../stores/drafts-store.ts'
import { isEdited, useLayerDraftsStore } from '../../stores/layer-drafts-store.ts'
import { usePageStore } from '../../stores/page-store.ts'
import { useSurroundingsStore, type EnvironmentChoice } from '../../stores/surroundings-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ContextMenu, Menu, type MenuItem } from '../../ui/menu.tsx'
import styles from '../../ui/item-list.module.css'

const NONE: readonly EnvironmentChoice[] = []

export function EnvironmentList() {
  const collections = useCollectionsStore((state) => state.collections)
  const lastUsed = useChoicesStore((state) => state.lastUsed)
  const nodeId = useDraftsStore((state) => activeTab(state)?.draft.nodeId ?? null)
  const collection = useMemo(() => collectionFor(nodeId, collections, lastUsed), [nodeId, collections, lastUsed])
  const environments = useSurroundingsStore((state) => (collection && state.byCollection[collection.id]?.environments) ?? NONE)
  if (!collection) {
    return (
      <EmptyState title="No collection is open">
        <p>Environments are files of a collection.</p>
      </EmptyState>
    )
  }
  const { id } = collection
  return (
    <section className={styles.view} aria-label="Environments">
      <header className={styles.header}>
        <span className={styles.collection} title={`Environments of ${collection.name}`}>
          {collection.name}
        </span>
        <IconButton label="New environment" icon={<Plus />} onClick={() => void newEnvironment(id)} />
      </header>
      {environments.length === 0 ? (
        <EmptyState title="No environments yet">
          <p>
            An environment gives values to <code>{'{{names}}'}</code>: one for development, say, and one for production.
          </p>
          <Button icon={<Plus />} onClick={() => void newEnvironment(id)}>
            New environment
          </Button>
        </EmptyState>
      ) : (
        <ul className={styles.list} aria-label={`Environments of ${collection.name}`}>
          {environments.map((environment) => (
            <Item key={environment.file} collectionId={id} environment={environment} />
          ))}
        </ul>
      )}
    </section>
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
  const isUnsaved = entry !== undefined && isEdited(entry.draft)
  const use = (): void => chooseEnvironment(collectionId, isChosen ? null : name)
  const items = itemsOf(collectionId, environment, isChosen, use)
  return (
    <ContextMenu items={items}>
      <li className={styles.item} data-shown={isShown}>
        <button
          type="button"
          className={styles.open}
          aria-current={isShown ? 'page' : undefined}
          aria-description={
            [isChosen && 'in use', isUnsaved && 'not saved', error && 'cannot be read'].filter(Boolean).join(', ') || undefined
          }
          title={error?.message ?? `environments/${file}`}
          onClick={() => void editEnvironment(collectionId, file)}
          onKeyDown={(event) => onKey(event, collectionId, environment)}
        >
          <span
            className={styles.dot}
            data-none={color === null}
            {...(color !== null && { style: { backgroundColor: color, borderColor: color } })}
          />
          <span className={styles.name}>{name}</span>
          {isUnsaved && <span className={styles.unsaved} aria-hidden="true" />}
          {error && (
            <span className={styles.fault} aria-hidden="true">
              cannot be read
            </span>
          )}
        </button>
        <IconButton label={`Use ${name}`} className={styles.use ?? ''} pressed={isChosen} icon={<Check />} onClick={use} />
        <Menu
          align="end"
          items={items}
          trigger={<IconButton label={`Actions of ${name}`} className={styles.more ?? ''} icon={<Ellipsis />} />}
        />
      </li>
    </ContextMenu>
  )
}

function itemsOf(id: CollectionId, { name, file, error }: EnvironmentChoice, isChosen: boolean, use: () => void): readonly MenuItem[] {
  const isBroken = error !== null
  return [
    { label: isChosen ? 'Stop using' : 'Use', icon: <Check />, onSelect: use },
    { label: 'Edit', icon: <Square />, onSelect: () => void editEnvironment(id, file) },
    {
      label: 'Rename…',
      icon: <Pencil />,
      shortcut: 'F2',
      disabled: isBroken,
      separatorBefore: true,
      onSelect: () => void renameEnvironment(id, file, name),
    },
    { label: 'Duplicate', icon: <Copy />, disabled: isBroken, onSelect: () => void duplicateEnvironment(id, file) },
    {
      label: 'Delete',
      icon: <Trash />,
      shortcut: 'Delete',
      danger: true,
      separatorBefore: true,
      onSelect: () => void removeEnvironment(id, file, name),
    },
  ]
}

function onKey(event: KeyboardEvent, id: CollectionId, { name, file, error }: EnvironmentChoice): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'F2' && error === null) void renameEnvironment(id, file, name)
  else if (event.key === 'Delete') void removeEnvironment(id, file, name)
  else return
  event.preventDefault()
}
