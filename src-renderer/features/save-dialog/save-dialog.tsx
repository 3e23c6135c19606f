/** The first save of a request: its name and its place. A folder can be made on the way. */
import FolderPlus from 'lucide-react/icons/folder-plus'
import { useMemo, useState } from 'react'
import type { ParentRef } from '#contract/model/workspace.ts'
import { answer } from '../../actions/ask.ts'
import { createCollectionNamed, createFolder } from '../../actions/collections.ts'
import { placeKey, placesOf } from '../../lib/places.ts'
import { useCollectionsStore } from '../../stores/collections-store.ts'
import { useAppStore } from '../../stores/app-store.ts'
import type { Question } from '../../stores/questions-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import styles from './save-dialog.module.css'
import { rich, t } from '../../lib/t.ts'

/** Where the last request went: the next one likely goes there too. */
let lastPlace: string | null = null

export function SaveDialog({ question }: { readonly question: Extract<Question, { kind: 'save' }> }) {
  const collections = useCollectionsStore((state) => state.collections)
  const places = useMemo(() => placesOf(collections), [collections])
  const [name, setName] = useState(question.name)
  const [key, setKey] = useState<string | null>(() => (question.parent ? placeKey(question.parent) : lastPlace))
  const chosen = places.find((place) => place.key === key) ?? places[0]
  const problem = useAppStore((state) => state.info?.problem ?? null)
  const ready = name.trim() !== '' && chosen !== undefined

  const submit = (): void => {
    if (!ready) return
    lastPlace = chosen.key
    answer(question, { name: name.trim(), parent: chosen.parent })
  }
  return (
    <Dialog
      open
      onClose={() => answer(question, null)}
      title={t`Save request`}
      actions={
        <>
          <Button onClick={() => answer(question, null)}>{t`Cancel`}</Button>
          <Button variant="primary" type="submit" form="save-request" disabled={!ready}>{t`Save`}</Button>
        </>
      }
    >
      <form
        id="save-request"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <label className={styles.field}>
          <span className={styles.label}>{t`Name`}</span>
          <TextInput label={t`Name`} value={name} onChange={setName} autoFocus onFocus={(event) => event.target.select()} />
        </label>
        {chosen && (
          <div className={styles.field}>
            <span className={styles.label}>{t`Folder`}</span>
            <Select
              label={t`Folder`}
              value={chosen.key}
              options={places.map((place) => ({ value: place.key, label: place.label }))}
              onChange={setKey}
            />
          </div>
        )}
      </form>
      {problem && !chosen && (
        <ProblemNote
          message={problem.message}
          hint={t`Open a collection elsewhere, or start Posthaste with --data-dir and another folder.`}
        />
      )}
      <MakePlace parent={chosen?.parent ?? null} onMade={(parent) => setKey(placeKey(parent))} />
    </Dialog>
  )
}

/** A folder in the chosen place; where there is no place yet, a collection. */
function MakePlace({ parent, onMade }: { readonly parent: ParentRef | null; readonly onMade: (made: ParentRef) => void }) {
  const [name, setName] = useState<string | null>(parent ? null : t`My requests`)
  const what = parent ? t`folder` : t`collection`
  const make = async (text: string): Promise<void> => {
    if (parent) {
      const folderId = await createFolder(parent, text)
      if (folderId === null) return
      onMade({ collectionId: parent.collectionId, folderId })
    } else {
      const collectionId = await createCollectionNamed(text)
      if (collectionId === null) return
      onMade({ collectionId, folderId: null })
    }
    setName(null)
  }
  if (name === null) {
    return (
      <div className={styles.offer}>
        <Button variant="ghost" icon={<FolderPlus />} onClick={() => setName('')}>
          {rich`New ${what}`}
        </Button>
      </div>
    )
  }
  return (
    <form
      className={styles.make}
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') void make(name.trim())
      }}
    >
      <TextInput
        className={styles.grow}
        label={t`New ${what}`}
        placeholder={t`Name of the ${what}`}
        value={name}
        onChange={setName}
        autoFocus
      />
      <Button type="submit" disabled={name.trim() === ''}>
        {rich`Create ${what}`}
      </Button>
    </form>
  )
}
