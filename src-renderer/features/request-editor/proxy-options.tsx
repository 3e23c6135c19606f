/** Which proxy the request goes through: its own rules, hosts without one, the environment, and what that comes to. */
import Waypoints from 'lucide-react/icons/waypoints'
import type { DraftId } from '#contract/model/ids.ts'
import type { Options } from '#contract/model/request.ts'
import { editDocument } from '../../actions/edit.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { routeInWords } from '../../lib/route-words.ts'
import { Switch } from '../../ui/controls/check-box.tsx'
import { withOption } from './option-edits.ts'
import { OptionGroup } from './option-group.tsx'
import { OptionText } from './option-text.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { problemOf } from './problems.ts'
import { RuleTable } from './rule-table.tsx'
import { useRequest, useSectionProblems } from './use-request.ts'
import styles from './proxy-options.module.css'

const COLUMNS = { name: 'For', value: 'Proxy' }
const PLACEHOLDERS = { name: 'http, https, all', value: 'http://host:port' }

export function ProxyOptions({ draftId }: { readonly draftId: DraftId }) {
  const proxies = useRequest(draftId, (document) => document.options.proxies)
  const noProxy = useRequest(draftId, (document) => document.options.noProxy)
  const trustEnv = useRequest(draftId, (document) => document.options.trustEnv)
  const problems = useSectionProblems(draftId, 'options').filter(({ where }) => /^(?:proxies|noProxy|trustEnv)\b/.test(where?.field ?? ''))
  const change = <K extends 'proxies' | 'noProxy' | 'trustEnv'>(key: K, value: Options[K] | undefined): void =>
    editDocument(draftId, `options.${key}`, (document) => ({ ...document, options: withOption(document.options, key, value) }))
  const envProblem = problemOf(problems, 'trustEnv')
  return (
    <OptionGroup title="Proxy" summary={summaryOf({ proxies, noProxy, trustEnv })} hasProblem={problems.length > 0}>
      <RouteLine draftId={draftId} />
      <RuleTable
        key={draftId}
        label="Proxies"
        field="proxies"
        columns={COLUMNS}
        placeholders={PLACEHOLDERS}
        emptyValue="no proxy"
        rules={proxies}
        onChange={(rules) =>
          change('proxies', rules && Object.fromEntries(Object.entries(rules).map(([name, value]) => [name, value === '' ? null : value])))
        }
        problems={problems}
      />
      <OptionText
        name="noProxy"
        label="No proxy for"
        value={noProxy ?? ''}
        onChange={(text) => change('noProxy', text === '' ? undefined : text)}
        problem={undefined}
        placeholder="NO_PROXY of the environment"
        help={
          <>
            Hosts to go to directly, such as <code>localhost, .corp, 10.0.0.0/8</code>. In place of <code>NO_PROXY</code>.
          </>
        }
      />
      <Switch
        label="Use the environment"
        checked={trustEnv ?? true}
        onChange={(on) => change('trustEnv', on ? undefined : false)}
        help={
          <>
            On: <code>HTTP_PROXY</code>, <code>HTTPS_PROXY</code>, <code>ALL_PROXY</code> and <code>NO_PROXY</code> count where there is no
            rule here, and CA files of the environment. <code>Session.trust_env</code> in requests.
          </>
        }
      >
        {envProblem && <ProblemNote message={envProblem.message} {...(envProblem.hint !== undefined && { hint: envProblem.hint })} />}
      </Switch>
    </OptionGroup>
  )
}

/** What the rules come to for the URL as it stands, by the last preview. */
function RouteLine({ draftId }: { readonly draftId: DraftId }) {
  const route = usePreviewsStore((state) => state.byTab[draftId]?.route ?? null)
  if (!route) return null
  return (
    <p className={styles.route} role="status" aria-label="Route">
      <Waypoints aria-hidden="true" />
      <span>For this URL: {routeInWords(route)}.</span>
    </p>
  )
}

function summaryOf({ proxies, noProxy, trustEnv }: Pick<Options, 'proxies' | 'noProxy' | 'trustEnv'>): string {
  const names = Object.keys(proxies ?? {})
  return [
    ...(names.length > 0 ? [`for ${names.join(', ')}`] : []),
    ...(noProxy === undefined ? [] : [`none for ${noProxy}`]),
    ...(trustEnv === false ? ['not from the environment'] : []),
  ].join(' · ')
}
