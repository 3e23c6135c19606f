/**
 * Scripts of a request, a folder or a collection, one text for each time that one can run at; where one broke the last
 * time, its line is marked. What an edit changes, and when they run, is its owner's.
 */
import { useMemo, useState } from 'react'
import type { ScriptFault } from '#contract/model/checks.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Script } from '#contract/model/script.ts'
import { codeOf, scriptTypes } from '../lib/script-edits.ts'
import { scriptTypeWords } from '../lib/script-words.ts'
import type { EditorHandle, LineMark } from '../monaco/editor-props.ts'
import { Editor } from '../monaco/editor.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { TabPanel, TabStrip } from '../ui/tab-strip.tsx'
import { useScriptLineWish } from './use-script-line-wish.ts'
import styles from './scripts-editor.module.css'
import { t } from '../lib/t.ts'

const HINTS: Readonly<Record<string, string>> = {
  'before-request': t`JavaScript, run before the request is sent: req.setHeader('X-Time', String(Date.now()))`,
  'after-response': t`JavaScript, run when the answer is there: bru.setVar('token', res.body.token)`,
  tests: t`JavaScript, run last: test('has an id', () => { expect(res.body.id).to.be.a('number') })`,
}

interface ScriptsEditorProps {
  /** Names the editors' models, and takes up wishes for a line. */
  readonly draftId: DraftId
  readonly scripts: readonly Script[]
  /** Of these scripts, from the last time that they ran. Must keep its identity. */
  readonly faults: readonly ScriptFault[]
  readonly isRunning: boolean
  readonly onEdit: (type: string, code: string) => void
}

export function ScriptsEditor({ draftId, scripts, faults, isRunning, onEdit }: ScriptsEditorProps) {
  const [picked, setPicked] = useState<string | null>(null)
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  const types = scriptTypes(scripts)
  const active = picked ?? types.find((type) => codeOf(scripts, type) !== '') ?? 'before-request'
  useScriptLineWish(draftId, active, setPicked, handle)
  const ofActive = faults.filter(({ from }) => from.type === active)
  const marks = useMarks(faults, active)
  return (
    <div className={styles.section}>
      <TabStrip
        label={t`Scripts`}
        size="small"
        tabs={types.map((type) => ({
          id: type,
          label: scriptTypeWords(type),
          dot: codeOf(scripts, type) !== '',
          ...(faults.some(({ from }) => from.type === type) && { tone: 'danger' as const }),
        }))}
        active={active}
        onChange={setPicked}
        actions={
          <span className={styles.running} role="status" aria-label={t`Scripts`}>
            {isRunning ? t`Running…` : ''}
          </span>
        }
      />
      <TabPanel strip={t`Scripts`} id={active} className={styles.panel ?? ''}>
        {ofActive.length > 0 && (
          <div className={styles.note}>
            {ofActive.map(({ message, line }, index) => (
              <ProblemNote key={index} message={`${line === null ? '' : t`Line ${line}: `}${message}`} />
            ))}
          </div>
        )}
        <div className={styles.code}>
          <Editor
            ref={setHandle}
            modelKey={`${draftId}/scripts.${active}`}
            language="posthaste-script"
            label={t`Script: ${scriptTypeWords(active)}`}
            text={codeOf(scripts, active)}
            placeholder={HINTS[active] ?? t`JavaScript, kept in the file`}
            onChange={(code) => onEdit(active, code)}
            marks={marks}
          />
        </div>
      </TabPanel>
    </div>
  )
}

/** The same marks as long as the faults are the same: the editor puts them in anew with each others. */
function useMarks(faults: readonly ScriptFault[], type: string): readonly LineMark[] {
  return useMemo(() => faults.filter(({ from }) => from.type === type).flatMap(markOf), [faults, type])
}

function markOf({ line, column, message }: ScriptFault): readonly LineMark[] {
  return line === null ? [] : [{ line, column, message }]
}
