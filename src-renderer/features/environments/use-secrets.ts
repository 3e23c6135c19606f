/**
 * Where the secrets of an environment that is being edited are kept: under the names that its file has. What is renamed here
 * goes by its old name until it is saved, and moves with the save.
 */
import { useEffect, useMemo } from 'react'
import type { LayerDraft } from '#contract/model/draft.ts'
import { readSecretStates, revealSecret, setSecret } from '../../actions/secrets.ts'
import { keptName } from '../../lib/renamed-secrets.ts'
import { secretKey, useSecretsStore, type SecretPlace } from '../../stores/secrets-store.ts'
import type { Secrets } from '../../ui/variable-table/index.ts'

export function useSecrets({ collectionId, base, value }: Extract<LayerDraft, { kind: 'environment' }>): Secrets {
  const owner = base?.name ?? value.name
  const place = useMemo((): SecretPlace => ({ collectionId, origin: { layer: 'environment', name: owner } }), [collectionId, owner])
  const kept = useSecretsStore((state) => state.kept)
  const before = base?.variables ?? null
  const names = value.variables.flatMap((variable, index) => (variable.secret === true ? [keptName(before, value.variables, index)] : []))
  const asked = JSON.stringify(names)
  useEffect(() => {
    void readSecretStates(place, JSON.parse(asked) as string[]) // the text is the list just made
  }, [place, asked])
  return useMemo(() => {
    const nameAt = (index: number): string => keptName(before, value.variables, index)
    return {
      isSet: (_name, index) => kept[secretKey(place, nameAt(index))],
      read: (_name, index) => revealSecret(place, nameAt(index)),
      set: (_name, index, text) => void setSecret(place, nameAt(index), text),
    }
  }, [kept, place, before, value.variables])
}
