/** The sections of one answer under their tabs: the same for the last answer and for a hop before it. */
import Unplug from 'lucide-react/icons/unplug'
import type { ReactNode } from 'react'
import type { Checks } from '#contract/model/checks.ts'
import { countChecks } from '#contract/model/check-count.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { TabPanel, TabStrip, type TabItem } from '../../ui/tab-strip.tsx'
import { useArriving } from './arriving.ts'
import type { PickedView } from './body-choice.ts'
import { BodyPanel } from './body-panel.tsx'
import { ConsolePanel, consoleLines, type ConsoleView } from './console-panel.tsx'
import { CookiesPanel } from './cookies-panel.tsx'
import type { CourseFacts } from './exchange-part.ts'
import { redirectsOf, sectionsOf, tokensOf, type ExchangePart } from './exchange-part.ts'
import { HeadersPanel } from './headers-panel.tsx'
import { RedirectsPanel } from './redirects-panel.tsx'
import { RequestPanel } from './request-panel.tsx'
import { isUntested, TestsPanel } from './tests-panel.tsx'
import { TimingPanel } from './timing-panel.tsx'
import type { BodyChoice } from './use-body-choice.ts'
import type { Section } from './view-state.ts'
import styles from './answer.module.css'
import { t } from '../../lib/t.ts'

const NO_COURSE: CourseFacts = { history: [], attempts: [], error: null }

export interface SectionsProps {
  /** Name of the strip of tabs. */
  readonly strip: string
  readonly part: ExchangePart
  /** What came before it; null for a hop itself. */
  readonly course: CourseFacts | null
  readonly section: Section
  /** Stand at the end of the strip; where there are no sections, in a line of their own. */
  readonly actions?: ReactNode
  readonly onSection: (section: Section) => void
  readonly body: BodyControls
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number
  /** Names the editor's models. */
  readonly modelKey: string
  readonly renderHop?: (part: ExchangePart, index: number) => ReactNode
  /** All pages of the answer, where they were asked for. */
  readonly pages?: PagesSection | null
  /** What was checked; null: nothing is, as with a hop. */
  readonly checked?: CheckedSections | null
}

export interface CheckedSections {
  readonly checks: Checks | undefined
  readonly console: ConsoleView
}

export interface PagesSection {
  readonly count: number
  readonly content: ReactNode
}

export interface BodyControls {
  readonly choice: BodyChoice | null
  readonly encoding: string | null
  /** Names the answer: the same while its body arrives and after. */
  readonly streamKey: string
  readonly onPick: (picked: PickedView) => void
  readonly onEncoding: (encoding: string | null) => void
  /** Find is asked for; told by `onFind` once it is open. */
  readonly wantsFind: boolean
  readonly onFind: () => void
}

export function Sections(props: SectionsProps) {
  const { strip, part, course, section, actions, onSection, pages = null, checked = null } = props
  const arriving = useArriving()
  // The rest is known at its end.
  const known = sectionsOf(part, course).filter(({ id }) => arriving === null || id === 'body' || id === 'headers')
  const tabs = [
    ...known,
    ...(checked && arriving === null && (part.response !== null || !isBare(checked.checks)) ? checkTabs(checked) : []),
    ...(pages ? [{ id: 'pages' as const, label: t`Pages`, badge: pages.count }] : []),
  ]
  const active = tabs.find(({ id }) => id === section)?.id ?? tabs[0]?.id
  if (active === undefined) return actions === undefined ? null : <div className={styles.actions}>{actions}</div>
  return (
    <>
      <TabStrip label={strip} tabs={tabs} active={active} onChange={onSection} {...(actions !== undefined && { actions })} />
      <TabPanel strip={strip} id={active}>
        <SectionContent {...props} section={active} />
      </TabPanel>
    </>
  )
}

/** Whether nothing was checked or printed, so that these tabs have nothing to say of a request that no answer came to. */
function isBare(checks: Checks | undefined): boolean {
  return consoleLines(checks).length === 0 && (checks === undefined || isUntested(checks))
}

/** How many held of how many; red where one did not. */
function checkTabs({ checks, console }: CheckedSections): readonly TabItem<Section>[] {
  const { passed, failed } = countChecks(checks)
  const lines = console.isCleared ? [] : consoleLines(checks)
  return [
    {
      id: 'tests',
      label: t`Tests`,
      ...(passed + failed > 0 && { badge: `${passed}/${passed + failed}`, tone: failed > 0 ? ('danger' as const) : ('success' as const) }),
    },
    {
      id: 'console',
      label: t`Console`,
      badge: lines.length,
      ...(lines.some(({ level }) => level === 'error') && { tone: 'danger' as const }),
    },
  ]
}

function SectionContent({ part, course, section, body, at, modelKey, renderHop, pages = null, checked = null }: SectionsProps) {
  const { request, response } = part
  switch (section) {
    case 'body':
      return response && <BodyPanel method={request?.method ?? ''} response={response} {...body} modelKey={modelKey} />
    case 'headers':
      return response && <HeadersPanel response={response} at={at + part.timings.total} />
    case 'cookies':
      return response && <CookiesPanel response={response} before={redirectsOf((course ?? NO_COURSE).history)} at={at} />
    case 'redirects':
      return course && renderHop ? (
        <RedirectsPanel key={at} tokens={tokensOf(course.history)} redirects={redirectsOf(course.history)} last={part} error={course.error}>
          {renderHop}
        </RedirectsPanel>
      ) : null
    case 'timing':
      return (
        <TimingPanel key={at} part={part} course={course ?? NO_COURSE} at={at}>
          {renderHop}
        </TimingPanel>
      )
    case 'pages':
      return pages?.content
    case 'tests':
      return checked && <TestsPanel checks={checked.checks} isCutShort={course !== null && course.error !== null} />
    case 'console':
      return checked && <ConsolePanel lines={consoleLines(checked.checks)} view={checked.console} />
    case 'request':
      return request ? <RequestPanel request={request} modelKey={modelKey} /> : <EmptyState icon={<Unplug />} title={t`Nothing was sent`} />
  }
}
