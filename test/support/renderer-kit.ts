/** Fresh stores and a fake platform for a test of the window's actions, and short ways to make what they work on. */
import { DEFAULT_JAR, emptyRequest, newRequestDocument, NO_LAYERS } from '../../src-main/contract/model/request-defaults.ts'
import { CollectionIdSchema, DraftIdSchema, ExchangeIdSchema, NodeIdSchema } from '../../src-main/contract/model/ids.ts'
import type { CollectionId, DraftId, ExchangeId, NodeId } from '../../src-main/contract/model/ids.ts'
import type { Preview } from '../../src-main/contract/model/prepared.ts'
import type { RequestDocument } from '../../src-main/contract/model/request.ts'
import { changeBetween } from '../../src-main/contract/model/collection-change.ts'
import type { EventPayload } from '../../src-main/contract/events.ts'
import type { Collection, Moved, TreeNode } from '../../src-main/contract/model/workspace.ts'
import type { WireError } from '../../src-main/contract/errors.ts'
import { setPlatform } from '../../src-renderer/actions/platform-ref.ts'
import { useAppStore } from '../../src-renderer/stores/app-store.ts'
import { useChoicesStore } from '../../src-renderer/stores/choices-store.ts'
import { useCollectionsStore } from '../../src-renderer/stores/collections-store.ts'
import { useCookiesStore } from '../../src-renderer/stores/cookies-store.ts'
import { useDraftsStore, type Tab } from '../../src-renderer/stores/drafts-store.ts'
import { useExchangesStore } from '../../src-renderer/stores/exchanges-store.ts'
import { useExportStore } from '../../src-renderer/stores/export-store.ts'
import { useFocusStore } from '../../src-renderer/stores/focus-store.ts'
import { useImportStore } from '../../src-renderer/stores/import-store.ts'
import { useLayerDraftsStore } from '../../src-renderer/stores/layer-drafts-store.ts'
import { useLayoutStore } from '../../src-renderer/stores/layout-store.ts'
import { usePageStore } from '../../src-renderer/stores/page-store.ts'
import { usePreviewsStore } from '../../src-renderer/stores/previews-store.ts'
import { useQuestionsStore } from '../../src-renderer/stores/questions-store.ts'
import { useSecretsStore } from '../../src-renderer/stores/secrets-store.ts'
import { useSettingsStore } from '../../src-renderer/stores/settings-store.ts'
import { useSurroundingsStore } from '../../src-renderer/stores/surroundings-store.ts'
import { useTypedStore } from '../../src-renderer/stores/typed-store.ts'
import { useVariablesStore } from '../../src-renderer/stores/variables-store.ts'
import { FakePlatform } from './fake-platform.ts'

/** Empty stores and a platform that keeps drafts and previews without a word. */
export function freshWindow(): FakePlatform {
  useAppStore.setState(useAppStore.getInitialState(), true)
  useCookiesStore.setState(useCookiesStore.getInitialState(), true)
  useChoicesStore.setState(useChoicesStore.getInitialState(), true)
  useCollectionsStore.setState(useCollectionsStore.getInitialState(), true)
  useDraftsStore.setState(useDraftsStore.getInitialState(), true)
  useExchangesStore.setState(useExchangesStore.getInitialState(), true)
  useExportStore.setState(useExportStore.getInitialState(), true)
  useFocusStore.setState(useFocusStore.getInitialState(), true)
  useImportStore.setState(useImportStore.getInitialState(), true)
  useLayerDraftsStore.setState(useLayerDraftsStore.getInitialState(), true)
  useLayoutStore.setState(useLayoutStore.getInitialState(), true)
  usePageStore.setState(usePageStore.getInitialState(), true)
  usePreviewsStore.setState(usePreviewsStore.getInitialState(), true)
  useQuestionsStore.setState(useQuestionsStore.getInitialState(), true)
  useSecretsStore.setState(useSecretsStore.getInitialState(), true)
  useSettingsStore.setState(useSettingsStore.getInitialState(), true)
  useSurroundingsStore.setState(useSurroundingsStore.getInitialState(), true)
  useTypedStore.setState(useTypedStore.getInitialState(), true)
  useVariablesStore.setState(useVariablesStore.getInitialState(), true)
  const platform = new FakePlatform()
  platform
    .answer('drafts.save', { sequence: 1 })
    .answer('drafts.remove', {})
    .answer('window.save', {})
    .answer('request.prepare', previewOf())
  platform.answer('layerDrafts.load', { drafts: [] }).answer('layerDrafts.save', {}).answer('layerDrafts.remove', {})
  platform.answer('environment.list', { environments: [] }).answer('session.list', { sessions: [], revision: null, notes: [] })
  platform.answer('variables.list', { variables: [] }).answer('variables.dynamic', { values: [] })
  setPlatform(platform)
  return platform
}

export function draftId(name: string): DraftId {
  return DraftIdSchema.parse(`draft-${name}`)
}
export function nodeId(name: string): NodeId {
  return NodeIdSchema.parse(name)
}
export function collectionId(name: string): CollectionId {
  return CollectionIdSchema.parse(name)
}
export function exchangeId(name: string): ExchangeId {
  return ExchangeIdSchema.parse(name)
}

export function requestNamed(name: string, change: Partial<RequestDocument> = {}): RequestDocument {
  return { ...emptyRequest(name), ...change }
}

/** Put a tab into the row and before the user. With a node it is a saved request, without one a new one. */
export function openedTab(name: string, options: { readonly node?: NodeId; readonly document?: RequestDocument } = {}): Tab {
  const document = options.document ?? (options.node === undefined ? newRequestDocument() : requestNamed(name))
  const tab: Tab = {
    draft: {
      id: draftId(name),
      nodeId: options.node ?? null,
      revision: options.node === undefined ? null : 'r1',
      document,
      dirty: false,
      shelvedBodies: [],
      shelvedAuths: [],
    },
    saved: options.node === undefined ? null : document,
    undo: { past: [], future: [] },
    broken: null,
  }
  useDraftsStore.getState().put(tab)
  useDraftsStore.getState().activate(tab.draft.id)
  return tab
}

/** The tab as it is now. */
export function tabNow(id: DraftId): Tab {
  const tab = useDraftsStore.getState().tabs[id]
  if (!tab) throw new Error(`No tab ${id} is open.`)
  return tab
}

export function previewOf(problems: readonly WireError[] = []): Preview {
  return {
    method: 'GET',
    url: 'http://localhost/',
    target: '/',
    headers: [],
    route: null,
    bodyBytes: null,
    bodyText: '',
    bodyTruncated: false,
    retries: null,
    requests: 1,
    layers: NO_LAYERS,
    jar: DEFAULT_JAR,
    headerNotes: [],
    warnings: [],
    problems: [...problems],
  }
}

export function node(id: string, kind: TreeNode['kind'], parent: string | null = null, name = id): TreeNode {
  return { id: nodeId(id), kind, name, parentId: parent === null ? null : nodeId(parent), ...(kind === 'request' && { method: 'GET' }) }
}

export function collectionOf(id: string, nodes: readonly TreeNode[]): Collection {
  return { id: collectionId(id), name: id, path: `/home/me/${id}`, settings: '', nodes: [...nodes] }
}

/** What core tells where these are the collections now, after what the window was told. */
export function toldOf(collections: readonly Collection[], moved: Moved = []): EventPayload<'workspace.changed'> {
  const { collections: before, sequence } = useCollectionsStore.getState()
  const changed = collections.map((collection) => {
    const known = before.find(({ id }) => id === collection.id)
    return changeBetween(known, collection)
  })
  return { sequence: (sequence ?? 0) + 1, order: collections.map(({ id }) => id), changed, moved }
}

/** An error of the kind, saying its own name. */
export function errorOf(kind: WireError['kind'], details?: Record<string, unknown>): WireError {
  return { kind, stage: 'store', message: `It is ${kind}.`, ...(details && { details }) }
}
