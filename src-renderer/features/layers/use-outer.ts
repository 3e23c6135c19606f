/** What holds around a layer that is edited, read again whenever files of the collection changed. */
import { useEffect, useMemo, useState } from 'react'
import type { Origin } from '#contract/model/origin.ts'
import type { Auth } from '#contract/model/request.ts'
import type { FoundVariable } from '#contract/model/variable.ts'
import { outerLayers, type OuterLayer } from '../../actions/outer-layers.ts'
import type { OuterOption } from '../../forms/options-form.ts'
import { NO_CHOICE, useChoicesStore } from '../../stores/choices-store.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { useSettingsStore } from '../../stores/settings-store.ts'
import type { PartsDraft } from './layer-parts.ts'
import type { OuterRow } from './outer-rows.tsx'

const NOTHING: readonly OuterLayer[] = []

export interface Outer {
  /** Header rows that are sent, the outermost layer first. */
  readonly headers: readonly OuterRow[]
  /** The nearest layer first. */
  readonly options: readonly OuterOption[]
  /** Credentials that hold where this layer has none; null: there are none. */
  readonly auth: { readonly auth: Auth; readonly origin: Origin } | null
  /** Variables of the folders around, the nearest first, each name once. */
  readonly variables: readonly FoundVariable[]
}

export function useOuter(draft: PartsDraft): Outer {
  const { kind, collectionId } = draft
  const folderId = draft.kind === 'defaults' ? draft.folderId : null
  const [layers, setLayers] = useState(NOTHING)
  const settings = useCollectionsStore((state) => state.collections.find(({ id }) => id === collectionId)?.settings)
  const session = useChoicesStore((state) => (state.byCollection[collectionId] ?? NO_CHOICE).session)
  const standard = useSettingsStore((state) => state.settings.defaults)
  useEffect(() => {
    let isWanted = true
    void outerLayers(collectionId, kind === 'session' ? { kind } : { kind, folderId }).then((found) => {
      if (isWanted) setLayers(found)
    })
    return () => {
      isWanted = false
    }
  }, [kind, collectionId, folderId, session, settings, standard])
  return useMemo(
    () => ({ headers: headersOf(layers), options: outerOptions(layers), auth: authOf(layers), variables: folderVariables(layers) }),
    [layers],
  )
}

function headersOf(layers: readonly OuterLayer[]): OuterRow[] {
  return [...layers].reverse().flatMap(({ origin, headers }) => headers.filter(({ enabled }) => enabled).map((row) => ({ row, origin })))
}

/** As core chooses them: of the nearest that has some. */
function authOf(layers: readonly OuterLayer[]): Outer['auth'] {
  const found = layers.find(({ auth }) => auth.kind !== 'none' && auth.kind !== 'inherit')
  return found ? { auth: found.auth, origin: found.origin } : null
}

/** As their files have them: references in them are not filled in. */
function folderVariables(layers: readonly OuterLayer[]): readonly FoundVariable[] {
  const byName = new Map<string, FoundVariable>()
  for (const { origin, variables } of layers) {
    if (origin.layer !== 'folder') continue
    for (const { name, value, enabled, secret = false } of variables) {
      if (enabled && name !== '' && !byName.has(name)) byName.set(name, { name, value, origin, secret })
    }
  }
  return [...byName.values()]
}

/** Their options in a list, the nearest layer first. */
export function outerOptions(layers: readonly OuterLayer[]): readonly OuterOption[] {
  return layers.flatMap(({ origin, options }) =>
    // Every key of the options is one of their names.
    (Object.entries(options) as [OuterOption['key'], unknown][]).flatMap(([key, value]) =>
      value === undefined ? [] : [{ key, value, origin }],
    ),
  )
}
