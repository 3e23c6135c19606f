/** Going to the place where an inherited value is defined. */
import { assertNever } from '#contract/result.ts'
import type { FieldRef } from '#contract/errors.ts'
import type { CollectionId, NodeId } from '#contract/model/ids.ts'
import type { Origin } from '#contract/model/origin.ts'
import { useCollectionsStore } from '../stores/collections-store.ts'
import { useDraftsStore } from '../stores/drafts-store.ts'
import { useFocusStore } from '../stores/focus-store.ts'
import { useLayoutStore } from '../stores/layout-store.ts'
import type { LayerSection } from '../stores/page-store.ts'
import { useOverlayStore, type SettingsPart } from '../stores/overlay-store.ts'
import { useSurroundingsStore } from '../stores/surroundings-store.ts'
import { contextOf } from './context.ts'
import { editSession, openDefaults } from './layer-pages.ts'
import { openLayer } from './layer-drafts.ts'
import { closePage } from './pages.ts'

export interface Sought {
  /** The variable, header or option that is sought there. */
  readonly name?: string
  /** The section it is in; that of the variables where absent. */
  readonly section?: LayerSection
  /** The collection whose sessions and environments are meant; that of the request in front where absent. */
  readonly collectionId?: CollectionId
}

/** Show where a value comes from: its section in the editor, or its row in the page of its environment, session, folder or collection. */
export function goToOrigin(origin: Origin, { name, section = 'variables', collectionId: wanted }: Sought = {}): void {
  const { activeId, tabs } = useDraftsStore.getState()
  const inFront = activeId === null ? undefined : tabs[activeId]
  const collectionId = wanted ?? contextOf(inFront?.draft ?? { nodeId: null }).collectionId
  switch (origin.layer) {
    case 'request':
      closePage()
      if (activeId !== null) useFocusStore.getState().ask(activeId, fieldIn(section, name))
      return
    case 'folder': {
      const id = collectionOf(origin.id)
      if (id !== null) void openDefaults(id, origin.id, { name: name ?? '', section })
      return
    }
    case 'collection':
      if (origin.id !== null) void openDefaults(origin.id, null, { name: name ?? '', section })
      return
    case 'environment':
      if (collectionId !== null) showEnvironment(collectionId, origin.name, name)
      return
    case 'session':
      if (collectionId !== null) void editSession(collectionId, origin.name, { name: name ?? '', section })
      return
    case 'adapter':
      if (collectionId !== null) void editSession(collectionId, origin.session, { name: origin.prefix, section: 'adapters' })
      return
    case 'dotenv':
      if (collectionId !== null) revealCollection(collectionId)
      return
    case 'settings':
      useOverlayStore.getState().open({ kind: 'settings', part: settingsPartOf(name ?? '') })
      return
    case 'process':
    case 'captured':
    case 'given':
    case 'dynamic':
    case 'default':
      return
    default:
      return assertNever(origin)
  }
}

/** The place in the editor of the request in front. */
function fieldIn(section: LayerSection, name: string | undefined): FieldRef {
  if (section === 'options') return { section, ...(name !== undefined && { field: name }) }
  // Adapters and scripts are of layers alone.
  return { section: section === 'adapters' || section === 'scripts' ? 'variables' : section }
}

/** @param option such as `timeout.read` */
function settingsPartOf(option: string): SettingsPart {
  if (/^(?:proxies|noProxy|trustEnv)\b/.test(option)) return 'proxies'
  return /^(?:verify|cert|tls)\b/.test(option) ? 'certificates' : 'requests'
}

function showEnvironment(collectionId: CollectionId, environment: string, variable: string | undefined): void {
  const { environments = [] } = useSurroundingsStore.getState().byCollection[collectionId] ?? {}
  const file = environments.find((one) => one.name === environment)?.file
  if (file === undefined) return revealCollection(collectionId)
  void openLayer({ kind: 'environment', collectionId, file }, variable === undefined ? null : { name: variable })
}

function revealCollection(id: CollectionId): void {
  reveal(id, [id])
}

function collectionOf(id: NodeId): CollectionId | null {
  return useCollectionsStore.getState().collections.find(({ nodes }) => nodes.some((node) => node.id === id))?.id ?? null
}

/** Unfold what a row is in, and go to it once it is drawn. */
function reveal(id: string, above: readonly string[]): void {
  const { collapsed, change } = useLayoutStore.getState()
  change({ sidebarVisible: true, collapsed: collapsed.filter((one) => !above.includes(one)) })
  useFocusStore.getState().askRow(id)
}
