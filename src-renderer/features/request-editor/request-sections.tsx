/** The tabs Params to Docs, and the one that is chosen. */
import { useEffect, useMemo, useRef } from 'react'
import { assertNever } from '#contract/result.ts'
import type { DraftId } from '#contract/model/ids.ts'
import { collectionsKnown } from '../../actions/first-read.ts'
import { preloadEditor } from '../../monaco/editor.tsx'
import { WantedCell } from '../../ui/key-value-table/index.ts'
import { TabPanel, TabStrip } from '../../ui/tab-strip.tsx'
import { AuthSection } from './auth-section.tsx'
import { BodySection } from './body-section.tsx'
import { watchClosedTabs } from './closed-tabs.ts'
import { CookiesSection } from './cookies-section.tsx'
import { DocsSection } from './docs-section.tsx'
import { HeadersSection } from './headers-section.tsx'
import { OptionsSection } from './options-section.tsx'
import { ParamsSection } from './params-section.tsx'
import { ScriptsSection, useScriptsWish } from './scripts-section.tsx'
import { SectionNotes } from './section-notes.tsx'
import { sectionTabs, sectionTaught, type Section } from './sections.ts'
import { useProblems, useRequest } from './use-request.ts'
import { useSectionWish } from './use-focus-wish.ts'
import { useUndoKeys } from './use-undo-keys.ts'
import { TestsSection } from './tests-section.tsx'
import { VariablesSection } from './variables-section.tsx'
import { VariablesOf } from '../../forms/variables-of.tsx'
import { useViewStore } from './view-store.ts'
import styles from './request-editor.module.css'
import { t } from '../../lib/t.ts'
import { whenIdle } from '../../lib/when-idle.ts'

export function RequestSections({ draftId }: { readonly draftId: DraftId }) {
  const box = useRef<HTMLDivElement>(null)
  const onKeyDownCapture = useUndoKeys(draftId, box)
  const taught = useRequest(draftId, ({ docs }) => sectionTaught(docs))
  const active = useViewStore((state) => state.sections[draftId] ?? taught ?? 'params')
  const wanted = useSectionWish(draftId, active, box)
  useScriptsWish(draftId)
  useEffect(() => {
    watchClosedTabs()
    // Fetched while nothing else is going on, so that Body opens with its editor; the tree comes first.
    let giveUp = (): void => undefined
    let isGone = false
    void collectionsKnown().then(() => {
      if (!isGone) giveUp = whenIdle(preloadEditor, 4000)
    })
    return () => {
      isGone = true
      giveUp()
    }
  }, [])
  return (
    <div ref={box} className={styles.sections} onKeyDownCapture={onKeyDownCapture}>
      <SectionStrip draftId={draftId} active={active} />
      <TabPanel strip={t`Request`} id={active} key={`${draftId}/${active}`} className={styles.panel ?? ''}>
        <WantedCell value={wanted}>
          <VariablesOf draftId={draftId}>
            <SectionContent draftId={draftId} section={active} />
            <SectionNotes draftId={draftId} section={active} />
          </VariablesOf>
        </WantedCell>
      </TabPanel>
    </div>
  )
}

function SectionStrip({ draftId, active }: { readonly draftId: DraftId; readonly active: Section }) {
  const document = useRequest(draftId, (whole) => whole)
  const problems = useProblems(draftId)
  const show = useViewStore((state) => state.show)
  const tabs = useMemo(() => sectionTabs(document, problems), [document, problems])
  return <TabStrip label={t`Request`} tabs={tabs} active={active} onChange={(section) => show(draftId, section)} />
}

function SectionContent({ draftId, section }: { readonly draftId: DraftId; readonly section: Section }) {
  switch (section) {
    case 'params':
      return <ParamsSection draftId={draftId} />
    case 'headers':
      return <HeadersSection draftId={draftId} />
    case 'body':
      return <BodySection draftId={draftId} />
    case 'auth':
      return <AuthSection draftId={draftId} />
    case 'cookies':
      return <CookiesSection draftId={draftId} />
    case 'options':
      return <OptionsSection draftId={draftId} />
    case 'tests':
      return <TestsSection draftId={draftId} />
    case 'scripts':
      return <ScriptsSection draftId={draftId} />
    case 'variables':
      return <VariablesSection draftId={draftId} />
    case 'docs':
      return <DocsSection draftId={draftId} />
    default:
      return assertNever(section)
  }
}
