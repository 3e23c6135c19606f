/** What is wrong with the adapters of a session: their prefixes, and the options of each, asked of core a moment after the last edit. */
import { useEffect, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { CollectionId } from '#contract/model/ids.ts'
import type { Adapter } from '#contract/model/session.ts'
import { checkParts, pickAdapter } from '../../actions/layer-checks.ts'
import { prefixProblems } from '../../lib/prefix-words.ts'
import { adapterOptions } from './adapter-options.ts'
import type { AdapterFaults } from './layer-tabs.ts'

const ASK_AFTER_MS = 250
const NOTHING: readonly AdapterFaults[] = []

export function useAdapterProblems(collectionId: CollectionId, adapters: readonly Adapter[]): readonly AdapterFaults[] {
  const [found, setFound] = useState(NOTHING)
  useEffect(() => {
    let isWanted = true
    const timer = setTimeout(() => {
      void problemsOf(collectionId, adapters).then((problems) => {
        if (isWanted) setFound(problems)
      })
    }, ASK_AFTER_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [collectionId, adapters])
  return found
}

async function problemsOf(collectionId: CollectionId, adapters: readonly Adapter[]): Promise<readonly AdapterFaults[]> {
  if (adapters.length === 0) return NOTHING
  const picked = await pickAdapter(adapters, '')
  const prefixes = prefixProblems(
    adapters.map(({ prefix }) => prefix),
    picked?.prefixFaults ?? [],
  )
  const options = await Promise.all(adapters.map((adapter) => checkedOptions(collectionId, adapter)))
  return adapters.map((_adapter, index) => ({ prefix: prefixes[index] ?? null, options: options[index] ?? [] }))
}

async function checkedOptions(collectionId: CollectionId, adapter: Adapter): Promise<readonly WireError[]> {
  const options = adapterOptions(adapter)
  return Object.keys(options).length === 0 ? [] : checkParts(collectionId, { options })
}
