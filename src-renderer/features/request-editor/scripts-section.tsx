/**
 * Scripts of the request, one text for each time that one can run at. They are kept in its file and run when it is sent;
 * where one broke the last time, its line is marked.
 */
import { useMemo, useState } from 'react'
import type { ScriptFault } from '#contract/model/checks.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { SCRIPT_TYPES, type Script } from '#contract/model/script.ts'
import { editDocument } from '../../actions/edit.ts'
import { isOwnScript } from '../../actions/script-places.ts'
import { scriptTypeWords } from '../../lib/script-words.ts'
import type { EditorHandle, LineMark } from '../../monaco/editor-props.ts'
import { Editor } from '../../monaco/editor.tsx'
import { exchangeOf, useExchangesStore } from '../../stores/exchanges-store.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TabPanel, TabStrip } from '../../ui/tab-strip.tsx'
import { useRequest } from './use-request.ts'
import { useScriptLineWish } from './use-script-wish.ts'
import editor from './request-editor.module.css'
import styles from './scripts-section.module.css'

const NONE: readonly Script[] = []
const NO_FAULTS: readonly ScriptFault[] = []
const HINTS: Readonly<Record<string, string>> = {
  'before-request': "JavaScript, run before the request is sent: req.setHeader('X-Time', String(Date.now()))",
  'after-response': "JavaScript, run when the answer is there: bru.setVar('token', res.body.token)",
  tests: "JavaScript, run last: test('has an id', () => { expect(res.body.id).to.be.a('number') })",
}

export function ScriptsSection({ draftId }: { readonly draftId: DraftId }) {
  const scripts = useRequest(draftId, (document) => document.scripts ?? NONE)
  const faults = useExchangesStore((state) => exchangeOf(draftId)(state).last?.checks?.faults ?? NO_FAULTS)
  const isRunning = useExchangesStore((state) => exchangeOf(draftId)(state).sending !== null) && scripts.length > 0
  const [picked, setPicked] = useState<string | null>(null)
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  const types = [...new Set([...SCRIPT_TYPES, ...scripts.map(({ type }) => type)])]
  const active = picked ?? types.find((type) => codeOf(scripts, type) !== '') ?? 'before-request'
  useScriptLineWish(draftId, active, setPicked, handle)
  const own = faults.filter(({ from }) => isOwnScript(from))
  const ofActive = own.filter(({ from }) => from.type === active)
  const marks = useMarks(faults, active)
  return (
    <div className={styles.section}>
      <div className={styles.bar}>
        <TabStrip
          label="Scripts"
          size="small"
          tabs={types.map((type) => ({
            id: type,
            label: scriptTypeWords(type),
            dot: codeOf(scripts, type) !== '',
            ...(own.some(({ from }) => from.type === type) && { tone: 'danger' as const }),
          }))}
          active={active}
          onChange={setPicked}
          actions={
            <span className={styles.running} role="status" aria-label="Scripts">
              {isRunning ? 'Running…' : ''}
            </span>
          }
        />
      </div>
      <TabPanel strip="Scripts" id={active} className={styles.panel ?? ''}>
        {ofActive.length > 0 && (
          <div className={styles.note}>
            {ofActive.map(({ message, line }, index) => (
              <ProblemNote key={index} message={`${line === null ? '' : `Line ${line}: `}${message}`} />
            ))}
          </div>
        )}
        <div className={editor.editorBox}>
          <Editor
            ref={setHandle}
            modelKey={`${draftId}/scripts.${active}`}
            language="posthaste-script"
            label={`Script: ${scriptTypeWords(active)}`}
            text={codeOf(scripts, active)}
            placeholder={HINTS[active] ?? 'JavaScript, kept in the request’s file'}
            onChange={(code) => setCode(draftId, active, code)}
            marks={marks}
          />
        </div>
      </TabPanel>
    </div>
  )
}

/** The same marks as long as the faults are the same: the editor puts them in anew with each others. */
function useMarks(faults: readonly ScriptFault[], type: string): readonly LineMark[] {
  return useMemo(() => faults.filter(({ from }) => isOwnScript(from) && from.type === type).flatMap(markOf), [faults, type])
}

function markOf({ line, column, message }: ScriptFault): readonly LineMark[] {
  return line === null ? [] : [{ line, column, message }]
}

/** Of several of a type, which other programs may write, the first is the one to edit. */
function codeOf(scripts: readonly Script[], type: string): string {
  return scripts.find((script) => script.type === type)?.code ?? ''
}

/** Put a script's text into the request; an empty one is none. */
function setCode(id: DraftId, type: string, code: string): void {
  editDocument(id, `scripts.${type}`, (document) => {
    const { scripts = NONE, ...rest } = document
    if (codeOf(scripts, type) === code) return document
    const at = scripts.findIndex((script) => script.type === type)
    const after = at < 0 ? [...scripts, { type, code }] : scripts.map((script, index) => (index === at ? { type, code } : script))
    const kept = after.filter((script, index) => index !== (at < 0 ? after.length - 1 : at) || script.code !== '')
    return kept.length === 0 ? rest : { ...rest, scripts: [...kept] }
  })
}
