/** Scripts of the request, one text for each time that one can run at. They are kept in its file; nothing runs them yet. */
import { useState } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { SCRIPT_TYPES, type Script } from '#contract/model/script.ts'
import { editDocument } from '../../actions/edit.ts'
import { Editor } from '../../monaco/editor.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TabPanel, TabStrip } from '../../ui/tab-strip.tsx'
import { useRequest } from './use-request.ts'
import editor from './request-editor.module.css'
import styles from './scripts-section.module.css'

const NONE: readonly Script[] = []
const LABELS: Readonly<Record<string, string>> = { 'before-request': 'Before request', 'after-response': 'After response', tests: 'Tests' }

export function ScriptsSection({ draftId }: { readonly draftId: DraftId }) {
  const scripts = useRequest(draftId, (document) => document.scripts ?? NONE)
  const [picked, setPicked] = useState<string | null>(null)
  const types = [...new Set([...SCRIPT_TYPES, ...scripts.map(({ type }) => type)])]
  const active = picked ?? types.find((type) => codeOf(scripts, type) !== '') ?? 'before-request'
  return (
    <div className={styles.section}>
      <div className={styles.bar}>
        <TabStrip
          label="Scripts"
          size="small"
          tabs={types.map((type) => ({ id: type, label: LABELS[type] ?? type, dot: codeOf(scripts, type) !== '' }))}
          active={active}
          onChange={setPicked}
        />
      </div>
      <TabPanel strip="Scripts" id={active} className={styles.panel ?? ''}>
        {scripts.length > 0 && (
          <div className={styles.note}>
            <ProblemNote tone="warning" message="Scripts are kept in the request’s file. This version does not run them." />
          </div>
        )}
        <div className={editor.editorBox}>
          <Editor
            modelKey={`${draftId}/scripts.${active}`}
            language="javascript"
            label={`Script: ${LABELS[active] ?? active}`}
            text={codeOf(scripts, active)}
            placeholder="JavaScript, kept in the request’s file"
            onChange={(code) => setCode(draftId, active, code)}
          />
        </div>
      </TabPanel>
    </div>
  )
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
