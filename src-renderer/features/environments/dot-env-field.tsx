/** The `.env` file of an environment, and whether it is there: it is seldom among the files that are shared. */
import { useEffect, useId, useState } from 'react'
import type { CollectionId } from '#contract/model/ids.ts'
import { dotEnvNames } from '../../actions/environments.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './environments.module.css'
import { t } from '../../lib/t.ts'

/** A path that is being typed is not looked for letter by letter. */
const LOOK_AFTER_MS = 250

interface DotEnvFieldProps {
  readonly collectionId: CollectionId
  readonly path: string
  readonly onChange: (path: string) => void
}

export function DotEnvField({ collectionId, path, onChange }: DotEnvFieldProps) {
  const id = useId()
  const names = useNames(collectionId, path)
  const isKnown = names !== undefined
  return (
    <>
      <TextInput
        label={t`.env file`}
        code
        references={false}
        placeholder=".env"
        title={t`Relative to the collection’s folder. Its values hold where the environment has no variable of the name.`}
        value={path}
        onChange={onChange}
        {...(isKnown && { describedBy: id })}
      />
      {names === null && (
        <ProblemNote id={id} tone="warning" message={t`It is not there on this machine, or cannot be read: nothing comes from it.`} />
      )}
      {isKnown && names !== null && (
        <p id={id} className={styles.note}>
          {names.length === 1 ? t`It gives 1 value.` : t`It gives ${names.length === 0 ? t`no` : names.length} values.`}
        </p>
      )}
    </>
  )
}

/** Null: the file is not there; undefined: nothing is known. Asked again whenever files of the collection changed. */
function useNames(collectionId: CollectionId, path: string): readonly string[] | null | undefined {
  const [found, setFound] = useState<{ readonly path: string; readonly names: readonly string[] | null } | null>(null)
  const settings = useCollectionsStore((state) => state.collections.find(({ id }) => id === collectionId)?.settings)
  useEffect(() => {
    if (path === '') return undefined
    let isWanted = true
    const timer = setTimeout(() => {
      void dotEnvNames(collectionId, path).then((names) => {
        if (isWanted && names !== undefined) setFound({ path, names })
      })
    }, LOOK_AFTER_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [collectionId, path, settings])
  return path !== '' && found?.path === path ? found.names : undefined
}
