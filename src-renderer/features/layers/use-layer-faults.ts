/** Where scripts of a folder or collection broke the last time that the request in front was sent, if that is in it. */
import { useMemo } from 'react'
import type { ScriptFault } from '#contract/model/checks.ts'
import { isOwnScript } from '../../lib/script-words.ts'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import type { LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import { useRequestInside } from './use-request-inside.ts'

const NONE: readonly ScriptFault[] = []

export function useLayerFaults(draft: LayerDraftOf<'defaults'>): readonly ScriptFault[] {
  const { folderId } = draft
  const inside = useRequestInside(draft)
  const faults = useExchangesStore((state) => (inside === null ? NONE : (exchangeOf(inside)(state).last?.checks?.faults ?? NONE)))
  return useMemo(() => faults.filter(({ from }) => !isOwnScript(from) && from.folderId === folderId), [faults, folderId])
}
