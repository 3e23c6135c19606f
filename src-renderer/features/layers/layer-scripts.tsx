/** Scripts of a folder or collection: they run around every request in it. */
import { useCallback } from 'react'
import type { ScriptFault } from '#contract/model/checks.ts'
import type { Script } from '#contract/model/script.ts'
import { editLayer } from '../../actions/layer-drafts.ts'
import { ScriptsEditor } from '../../forms/scripts-editor.tsx'
import { withCode } from '../../lib/script-edits.ts'
import type { LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import styles from './layers.module.css'
import { watchClosedLayers } from './closed-layers.ts'
import { rich, t } from '../../lib/t.ts'

const NONE: readonly Script[] = []

interface LayerScriptsProps {
  readonly draft: LayerDraftOf<'defaults'>
  readonly faults: readonly ScriptFault[]
}

export function LayerScripts({ draft: { id, folderId, value }, faults }: LayerScriptsProps) {
  watchClosedLayers()
  const onEdit = useCallback(
    (type: string, code: string): void => editLayer(id, 'defaults', `scripts.${type}`, (before) => withCode(before, type, code)),
    [id],
  )
  return (
    <div className={styles.scripts}>
      <p
        className={styles.help}
      >{rich`Run for every request of the ${folderId === null ? t`collection` : t`folder`}: before it those of the collection first and its own last, after the answer the other way round, unless the collection says “sequential”.`}</p>
      <ScriptsEditor draftId={id} scripts={value.scripts ?? NONE} faults={faults} isRunning={false} onEdit={onEdit} />
    </div>
  )
}
