/** Lets the fields inside know the variables of a tab's request. */
import { useMemo, type ReactNode } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { defineVariable, placesToDefineIn } from '../actions/define-variable.ts'
import { goToOrigin } from '../actions/go-to-origin.ts'
import { variableScope, type VariableScope } from '../lib/variable-scope.ts'
import { usePreviewsStore } from '../stores/previews-store.ts'
import { useVariablesStore } from '../stores/variables-store.ts'
import { Variables, type VariableLookup } from '../ui/variables/variable-lookup.ts'

/** @param draftId null: nothing is known */
export function VariablesOf({ draftId, children }: { readonly draftId: DraftId | null; readonly children: ReactNode }) {
  const lookup = useMemo(() => (draftId === null ? null : lookupFor(draftId)), [draftId])
  return <Variables value={lookup}>{children}</Variables>
}

function lookupFor(id: DraftId): VariableLookup {
  let parts: readonly unknown[] = []
  let last: VariableScope | null = null
  return {
    scope: () => {
      const { byTab, dynamic } = useVariablesStore.getState()
      const preview = usePreviewsStore.getState().byTab[id] ?? null
      const now = [byTab[id], dynamic, preview]
      if (last === null || now.some((part, index) => part !== parts[index])) {
        last = variableScope({ variables: byTab[id] ?? null, dynamic, preview })
        parts = now
      }
      return last
    },
    subscribe: (listener) => {
      const stops = [useVariablesStore.subscribe(listener), usePreviewsStore.subscribe(listener)]
      return () => stops.forEach((stop) => stop())
    },
    goTo: (origin, name) => goToOrigin(origin, { name }),
    definePlaces: placesToDefineIn,
    define: (name, place) => void defineVariable(name, place),
  }
}
