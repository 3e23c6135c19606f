/**
 * Where the secrets among variables that are being edited are kept: under the names that their file has. What is renamed here
 * goes by its old name until it is saved, and moves with the save.
 */
import { useEffect, useMemo } from 'react'
import type { Variable } from '#contract/model/variable.ts'
import { readSecretStates, revealSecret, setSecret } from '../actions/secrets.ts'
import { keptName } from '../lib/renamed-secrets.ts'
import { secretKey, useSecretsStore, type SecretPlace } from '../stores/secrets-store.ts'
import type { Secrets } from '../ui/variable-table/index.ts'

/**
 * @param place where the variables are defined, as the file has it; must keep its identity
 * @param before the variables as the file has them; null: it has none
 */
export function useSecrets(place: SecretPlace, before: readonly Variable[] | null, variables: readonly Variable[]): Secrets {
  const kept = useSecretsStore((state) => state.kept)
  const names = variables.flatMap((variable, index) => (variable.secret === true ? [keptName(before, variables, index)] : []))
  const asked = JSON.stringify(names)
  useEffect(() => {
    void readSecretStates(place, JSON.parse(asked) as string[]) // the text is the list just made
  }, [place, asked])
  return useMemo(() => {
    const nameAt = (index: number): string => keptName(before, variables, index)
    return {
      isSet: (_name, index) => kept[secretKey(place, nameAt(index))],
      read: (_name, index) => revealSecret(place, nameAt(index)),
      set: (_name, index, text) => void setSecret(place, nameAt(index), text),
    }
  }, [kept, place, before, variables])
}
