/** The sections of the editor: their names, what their tabs say about their content, and which one an edit belongs to. */
import type { WireError } from '#contract/errors.ts'
import type { RequestDocument } from '#contract/model/request.ts'
import { pathParamNames } from './path-params.ts'
import { t } from '../../lib/t.ts'

export const SECTIONS = ['params', 'headers', 'body', 'auth', 'cookies', 'options', 'tests', 'scripts', 'docs', 'variables'] as const
export type Section = (typeof SECTIONS)[number]

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
  const tab = (id: Section, label: string, mark: Pick<SectionTab, 'badge' | 'dot'>): SectionTab => {
    const isFaulty = id !== 'docs' && id !== 'scripts' && faulty.has(id)
    const isUnmarked = (mark.badge ?? 0) === 0 && mark.dot !== true
    return { id, label, ...mark, ...(isFaulty && { tone: 'danger' as const, ...(isUnmarked && { dot: true }) }) }
  }
  return [
    tab('params', t`Params`, { badge: sentParams(document) }),
    tab('headers', t`Headers`, { badge: enabled(document.headers) }),
    tab('body', t`Body`, { dot: document.body.kind !== 'none' }),
    tab('auth', t`Auth`, { dot: document.auth.kind !== 'none' && document.auth.kind !== 'inherit' }),
    tab('cookies', t`Cookies`, { badge: enabled(document.cookies) }),
    tab('options', t`Options`, { dot: Object.entries(document.options).some(([name, value]) => name !== SHOWN_IN_BODY && isSet(value)) }),
    tab('tests', t`Tests`, { badge: testsOf(document) }),
    tab('scripts', t`Scripts`, { dot: (document.scripts ?? []).length > 0 }),
    tab('docs', t`Docs`, { dot: document.docs.trim() !== '' }),
    tab('variables', t`Variables`, { badge: enabled(document.variables) }),
  ]
}

/** The section that a step of undo changed; null where it is not one of a section, such as the URL. */
export function sectionOf(field: string): Section | null {
  const first = field.split('.', 1)[0] ?? ''
  return SECTIONS.find((section) => section === first) ?? null
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
