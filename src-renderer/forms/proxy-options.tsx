/** Which proxy requests go through: the rules that are set, hosts without one, and the environment. */
import type { ReactNode } from 'react'
import type { Options } from '#contract/model/request.ts'
import { optionNotes } from '../lib/teaching-notes.ts'
import { Switch } from '../ui/controls/check-box.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { withOption } from './option-edits.ts'
import { OptionGroup } from './option-group.tsx'
import { saidAs, useOptionsForm } from './options-form.ts'
import { OuterRules } from './outer-rules.tsx'
import { problemOf } from './problems.ts'
import { RuleTable } from './rule-table.tsx'
import { useSetHere } from './set-here.tsx'
import { TeachingNote } from './teaching-note.tsx'
import { TextOption } from './text-option.tsx'
import { OptionWords } from './option-words.tsx'
import controls from '../ui/controls/controls.module.css'
import { listed } from '../lib/listed.ts'
import { t } from '../lib/t.ts'

const COLUMNS = { name: t`For`, value: t`Proxy` }
const PLACEHOLDERS = { name: 'http, https, all', value: 'http://host:port' }

const OF = ['proxies', 'noProxy', 'trustEnv'] as const

interface ProxyOptionsProps {
  /** What the rules come to for the URL as it stands; only a request has one. */
  readonly route?: ReactNode
}

export function ProxyOptions({ route }: ProxyOptionsProps) {
  const { key, options, edit, problems: all, offers } = useOptionsForm()
  const problems = all.filter(({ where }) => /^(?:proxies|noProxy|trustEnv)\b/.test(where?.field ?? ''))
  return (
    <OptionGroup title={t`Proxy`} of={OF} summary={summaryOf(options)} hasProblem={problems.length > 0}>
      {route}
      <p className={controls.plainHelp}>
        <OptionWords of="proxies" />
      </p>
      <RuleTable
        key={key}
        label={t`Proxies`}
        field="proxies"
        columns={COLUMNS}
        placeholders={PLACEHOLDERS}
        emptyValue={t`no proxy`}
        rules={options.proxies}
        onChange={(rules) => edit('proxies', (old) => withOption(old, 'proxies', rules && withNone(rules)))}
        problems={problems}
      />
      <TeachingNote id="proxyScheme" when={optionNotes.proxyScheme(options)} />
      <OuterRules option="proxies" label={t`Proxies from elsewhere`} emptyValue={t`no proxy`} />
      {offers('noProxy') && <NoProxy />}
      {offers('trustEnv') && <TrustEnv />}
    </OptionGroup>
  )
}

function NoProxy() {
  return (
    <TextOption name="noProxy" label={t`No proxy for`} placeholder={t`NO_PROXY of the environment`} help={<OptionWords of="noProxy" />} />
  )
}

function TrustEnv() {
  const form = useOptionsForm()
  const here = useSetHere('trustEnv', t`Use the environment`, true)
  const problem = problemOf(form.problems, 'trustEnv')
  return (
    <Switch
      name="trustEnv"
      label={t`Use the environment`}
      mark={here.mark}
      isUnset={here.isUnset}
      checked={form.options.trustEnv ?? here.outer !== false}
      onChange={(on) => form.edit('trustEnv', (old) => withOption(old, 'trustEnv', saidAs(form, 'trustEnv', on, true)))}
      help={<OptionWords of="trustEnv" />}
    >
      {here.from}
      {problem && <ProblemNote message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />}
    </Switch>
  )
}

/** An empty value says that no proxy is used. */
function withNone(rules: Readonly<Record<string, string>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(rules).map(([name, value]) => [name, value === '' ? null : value]))
}

function summaryOf({ proxies, noProxy, trustEnv }: Options): string {
  const names = Object.keys(proxies ?? {})
  return [
    ...(names.length > 0 ? [t`for ${listed(names)}`] : []),
    ...(noProxy === undefined || noProxy.trim() === '' ? [] : [t`none for ${noProxy}`]),
    ...(trustEnv === false ? [t`not from the environment`] : []),
  ].join(' · ')
}
