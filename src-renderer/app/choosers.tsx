/**
 * What the request in front goes with: its collection, and the session and environment that are chosen there. A request
 * that names a session itself shows that one, marked.
 */
import Pencil from 'lucide-react/icons/pencil'
import Pin from 'lucide-react/icons/pin'
import type { Collection } from '#contract/model/workspace.ts'
import { DEFAULT_SESSION } from '#contract/model/request-defaults.ts'
import { chooseCollection, chooseEnvironment, chooseSession } from '../actions/choices.ts'
import { editDocument } from '../actions/edit.ts'
import { showSession } from '../actions/sessions.ts'
import { editChosenEnvironment } from '../actions/environments.ts'
import { useCollectionInFront } from '../forms/collection-in-front.ts'
import { NO_CHOICE, useChoicesStore } from '../stores/choices-store.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { activeTab, useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { useSurroundingsStore, type EnvironmentChoice } from '../stores/surroundings-store.ts'
import { IconButton } from '../ui/button.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import hidden from '../ui/hidden.module.css'
import { Tooltip } from '../ui/tooltip.tsx'
import styles from './choosers.module.css'
import { t } from '../lib/t.ts'

const NO_ENVIRONMENTS: readonly EnvironmentChoice[] = []
const ONLY_DEFAULT: readonly string[] = [DEFAULT_SESSION]
/** No environment: a name is never empty. */
const NONE = ''

export function Choosers() {
  const collections = useCollectionsStore((state) => state.collections)
  const isSaved = useDraftsStore((state) => (activeTab(state)?.draft.nodeId ?? null) !== null)
  const collection = useCollectionInFront()
  if (!collection) return <h1 className={styles.title}>{t`Posthaste`}</h1>
  return (
    <>
      {isSaved || collections.length < 2 ? (
        <h1 className={styles.title} title={collection.path}>
          {collection.name}
        </h1>
      ) : (
        <>
          <h1 className={hidden.hidden}>{t`Posthaste`}</h1>
          <CollectionChooser collection={collection} collections={collections} />
        </>
      )}
      <SessionChooser collection={collection} />
      <EnvironmentChooser collection={collection} />
    </>
  )
}

/** A request that is not saved yet may go with any collection. */
function CollectionChooser({ collection, collections }: { readonly collection: Collection; readonly collections: readonly Collection[] }) {
  return (
    <Select
      label={t`Collection`}
      canBeCut
      className={styles.collection ?? ''}
      title={t`Whose sessions and environments the request goes with`}
      value={collection.id}
      options={collections.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={chooseCollection}
    />
  )
}

function SessionChooser({ collection: { id } }: { readonly collection: Collection }) {
  const chosen = useChoicesStore((state) => state.byCollection[id] ?? NO_CHOICE).session
  const sessions = useSurroundingsStore((state) => state.byCollection[id]?.sessions ?? ONLY_DEFAULT)
  const pinned = useDraftsStore((state) => activeTab(state)?.draft.document.options.session || null)
  const draftId = useDraftsStore((state) => state.activeId)
  const value = pinned ?? chosen ?? DEFAULT_SESSION
  const choose = (name: string): void => {
    if (pinned === null || draftId === null) return chooseSession(id, name === DEFAULT_SESSION ? null : name)
    editDocument(draftId, 'options.session', (document) => ({ ...document, options: { ...document.options, session: name } }))
  }
  return (
    <span className={styles.chooser}>
      <Select
        label={t`Session`}
        canBeCut
        className={styles.select ?? ''}
        title={
          pinned === null
            ? t`Session: its headers, credentials, cookies and options go with each request`
            : t`Session that this request names`
        }
        value={value}
        options={withChosen(sessions.map(sessionOption), value, t`${value} (new)`)}
        onChange={choose}
      />
      {pinned !== null && draftId !== null && (
        <Tooltip text={t`This request names its session. Go to its Options to change that.`}>
          <button
            type="button"
            className={styles.pin}
            onClick={() => useFocusStore.getState().ask(draftId, { section: 'options', field: 'session' })}
          >
            <Pin aria-hidden="true" />
            <span>{t`this request`}</span>
          </button>
        </Tooltip>
      )}
      <IconButton
        label={value === DEFAULT_SESSION ? t`Edit sessions…` : t`Edit session ${value}`}
        className={styles.edit ?? ''}
        icon={<Pencil />}
        onClick={() => showSession(id, value)}
      />
    </span>
  )
}

function EnvironmentChooser({ collection: { id } }: { readonly collection: Collection }) {
  const value = useChoicesStore((state) => state.byCollection[id] ?? NO_CHOICE).environment ?? NONE
  const environments = useSurroundingsStore((state) => state.byCollection[id]?.environments ?? NO_ENVIRONMENTS)
  const color = environments.find(({ name }) => name === value)?.color ?? null
  const options = [{ value: NONE, label: t`No environment` }, ...environments.map(environmentOption)]
  return (
    <span className={styles.chooser}>
      <span
        className={styles.dot}
        aria-hidden="true"
        data-none={value === NONE}
        // Only a colour: what a file says must not become any other style.
        {...(color !== null && { style: { backgroundColor: color, borderColor: color } })}
      />
      <Select
        label={t`Environment`}
        canBeCut
        className={styles.select ?? ''}
        title={t`Environment: its variables go with each request`}
        value={value}
        options={withChosen(options, value, t`${value} (not there)`)}
        onChange={(name) => chooseEnvironment(id, name === NONE ? null : name)}
      />
      <IconButton
        label={value === NONE ? t`Edit environments…` : t`Edit environment ${value}`}
        className={styles.edit ?? ''}
        icon={<Pencil />}
        onClick={editChosenEnvironment}
      />
    </span>
  )
}

function sessionOption(name: string): SelectOption<string> {
  return { value: name, label: name === DEFAULT_SESSION ? t`Default session` : name }
}

function environmentOption({ name, error }: EnvironmentChoice): SelectOption<string> {
  return { value: name, label: error === null ? name : t`${name} (cannot be read)` }
}

/** What is chosen stays shown although it is not there (any more). */
function withChosen(options: readonly SelectOption<string>[], value: string, label: string): readonly SelectOption<string>[] {
  return options.some((option) => option.value === value) ? options : [...options, { value, label }]
}
