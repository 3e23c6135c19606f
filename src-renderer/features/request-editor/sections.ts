/** The sections of the editor: their names, what their tabs say about their content, and which one an edit belongs to. */
import type { WireError } from '#contract/errors.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { pathParamNames } from './path-params.ts'
import { leadsOn } from '../../lib/doc-links.ts'
import { t } from '../../lib/t.ts'

export const SECTIONS = ['params', 'headers', 'body', 'auth', 'cookies', 'options', 'tests', 'scripts', 'docs', 'variables'] as const
export type Section = (typeof SECTIONS)[number]

const LABELS: Readonly<Record<Section, string>> = {
  params: t`Params`,
  headers: t`Headers`,
  body: t`Body`,
  auth: t`Auth`,
  cookies: t`Cookies`,
  options: t`Options`,
  tests: t`Tests`,
  scripts: t`Scripts`,
  docs: t`Docs`,
  variables: t`Variables`,
}

/** An option that stands with the rows it is about. */
const SHOWN_IN_BODY = 'chunkedUpload'

export interface SectionTab {
  readonly id: Section
  readonly label: string
  /** How many rows will be sent. */
  readonly badge?: number
  /** Something is set in there. */
  readonly dot?: boolean
  readonly tone?: 'danger'
}

/** The tabs, with counts of what is sent, dots for what is set, and red for what keeps the request from being sent. */
export function sectionTabs(document: RequestDocument, problems: readonly WireError[]): SectionTab[] {
  const faulty = new Set(problems.map((problem) => problem.where?.section))
  const tab = (id: Section, mark: Pick<SectionTab, 'badge' | 'dot'>): SectionTab => {
    const isFaulty = id !== 'docs' && id !== 'scripts' && faulty.has(id)
    const isUnmarked = (mark.badge ?? 0) === 0 && mark.dot !== true
    return { id, label: LABELS[id], ...mark, ...(isFaulty && { tone: 'danger' as const, ...(isUnmarked && { dot: true }) }) }
  }
  return [
    tab('params', { badge: sentParams(document) }),
    tab('headers', { badge: enabled(document.headers) }),
    tab('body', { dot: document.body.kind !== 'none' }),
    tab('auth', { dot: document.auth.kind !== 'none' && document.auth.kind !== 'inherit' }),
    tab('cookies', { badge: enabled(document.cookies) }),
    tab('options', { dot: Object.entries(document.options).some(([name, value]) => name !== SHOWN_IN_BODY && isSet(value)) }),
    tab('tests', { badge: testsOf(document) }),
    tab('scripts', { dot: (document.scripts ?? []).length > 0 }),
    tab('docs', { dot: document.docs.trim() !== '' }),
    tab('variables', { badge: enabled(document.variables) }),
  ]
}

/** The section that a step of undo changed; null where it is not one of a section, such as the URL. */
export function sectionOf(field: string): Section | null {
  const first = field.split('.', 1)[0] ?? ''
  return SECTIONS.find((section) => section === first) ?? null
}

/** The section that notes which lead on name first, in bold: what they teach is in sight as the request is opened. Null: none. */
export function sectionTaught(docs: string): Section | null {
  if (!leadsOn(docs)) return null
  const bold = Array.from(docs.matchAll(/\*\*([^*\n]+)\*\*/g), ([, words = '']) => words)
  return bold.map(sectionNamed).find((section) => section !== undefined) ?? null
}

/** By its name in the window's language, or in English: notes stay in the language that they were written in. */
function sectionNamed(words: string): Section | undefined {
  return SECTIONS.find((section) => LABELS[section] === words || section === words.toLowerCase())
}

function sentParams(document: RequestDocument): number {
  return enabled(document.params.filter((row) => row.kind === 'query')) + pathParamNames(document.url).length
}

function testsOf({ assertions = [], captures = [], statusMessages = [], raiseForStatus }: RequestDocument): number {
  return enabled(assertions) + enabled(captures) + enabled(statusMessages) + (raiseForStatus === true ? 1 : 0)
}

function enabled(rows: readonly { readonly enabled: boolean }[]): number {
  return rows.filter((row) => row.enabled).length
}

function isSet(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.values(value).some(isSet) : value !== undefined
}
