/** What the pages of sessions and of defaults look like: their sections as tabs, and the one that is shown. */
import type { ReactNode, RefObject } from 'react'
import { VariablesOf } from '../../forms/variables-of.tsx'
import type { LayerSection } from '../../stores/page-store.ts'
import { WantedCell } from '../../ui/key-value-table/index.ts'
import { TabPanel, TabStrip, type TabItem } from '../../ui/tab-strip.tsx'
import type { PartsDraft } from './layer-parts.ts'
import { useRequestInside } from './use-request-inside.ts'
import type { Sections } from './use-sections.ts'
import styles from './layers.module.css'

interface SectionedPageProps<S extends LayerSection> {
  readonly draft: PartsDraft
  /** The strip's accessible name. */
  readonly label: string
  readonly tabs: readonly TabItem<S>[]
  readonly sections: Sections<S>
  /** Holds the section's content. */
  readonly panel: RefObject<HTMLDivElement | null>
  /** Stands above the tabs. */
  readonly head?: ReactNode
  readonly children: ReactNode
}

export function SectionedPage<S extends LayerSection>({ draft, label, tabs, sections, panel, head, children }: SectionedPageProps<S>) {
  const inside = useRequestInside(draft)
  const { active, show, wanted } = sections
  return (
    <div className={styles.editor}>
      {head}
      <TabStrip label={label} tabs={tabs} active={active} onChange={show} />
      <TabPanel strip={label} id={active} className={styles.panel ?? ''}>
        <div ref={panel} className={styles.content}>
          <WantedCell value={wanted}>
            <VariablesOf draftId={inside}>{children}</VariablesOf>
          </WantedCell>
        </div>
      </TabPanel>
    </div>
  )
}
