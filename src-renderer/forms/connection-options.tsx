/** The connection to the server and how its answer is read: HTTP/2, leniency, encoding, and other ways than by its name. */
import { useId } from 'react'
import type { Options } from '#contract/model/request.ts'
import { Switch } from '../ui/controls/check-box.tsx'
import { HelpMark } from '../ui/controls/help-mark.tsx'
import { withOption } from './option-edits.ts'
import { OptionGroup } from './option-group.tsx'
import { saidAs, useOptionsForm } from './options-form.ts'
import { OuterRules } from './outer-rules.tsx'
import { RuleTable } from './rule-table.tsx'
import { useSetHere } from './set-here.tsx'
import { TextOption } from './text-option.tsx'
import controls from '../ui/controls/controls.module.css'
import { OptionWords } from './option-words.tsx'
import { t } from '../lib/t.ts'

const COLUMNS = { name: t`Host`, value: t`Address` }
const PLACEHOLDERS = { name: 'host', value: '127.0.0.1' }

const OF = ['http2', 'lenient', 'encoding', 'unixSocket', 'resolve'] as const

export function ConnectionOptions() {
  const { options, problems: all, offers } = useOptionsForm()
  const problems = all.filter(({ where }) => /^(?:unixSocket|resolve|encoding)\b/.test(where?.field ?? ''))
  return (
    <OptionGroup title={t`Connection`} of={OF} summary={summaryOf(options)} hasProblem={problems.length > 0}>
      {offers('http2') && <Http2 />}
      {offers('lenient') && <Lenient />}
      {offers('encoding') && <Encoding />}
      {offers('unixSocket') && <UnixSocket />}
      {offers('resolve') && <Resolve />}
    </OptionGroup>
  )
}

function Http2() {
  const form = useOptionsForm()
  const here = useSetHere('http2', 'HTTP/2', false)
  return (
    <Switch
      name="http2"
      label={t`HTTP/2`}
      mark={here.mark}
      isUnset={here.isUnset}
      checked={form.options.http2 ?? here.outer === true}
      onChange={(on) => form.edit('http2', (old) => withOption(old, 'http2', saidAs(form, 'http2', on, false)))}
      help={<OptionWords of="http2" />}
    >
      {here.from}
    </Switch>
  )
}

function Lenient() {
  const form = useOptionsForm()
  const here = useSetHere('lenient', t`Lenient`, false)
  return (
    <Switch
      name="lenient"
      label={t`Lenient`}
      mark={here.mark}
      isUnset={here.isUnset}
      checked={form.options.lenient ?? here.outer === true}
      onChange={(on) => form.edit('lenient', (old) => withOption(old, 'lenient', saidAs(form, 'lenient', on, false)))}
      help={<OptionWords of="lenient" />}
    >
      {here.from}
    </Switch>
  )
}

function Encoding() {
  return (
    <TextOption
      name="encoding"
      label={t`Response encoding`}
      placeholder={t`found out`}
      references={false}
      help={<OptionWords of="encoding" />}
    />
  )
}

function UnixSocket() {
  return (
    <TextOption name="unixSocket" label={t`Unix socket`} placeholder="/var/run/docker.sock" isFile help={<OptionWords of="unixSocket" />} />
  )
}

function Resolve() {
  const id = useId()
  const { key, options, edit, problems } = useOptionsForm()
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>
        {t`Resolve`}
        <HelpMark label={t`Resolve`} id={id}>
          <OptionWords of="resolve" />
        </HelpMark>
      </span>
      <div className={controls.optionBody}>
        <RuleTable
          key={key}
          label={t`Addresses`}
          field="resolve"
          columns={COLUMNS}
          placeholders={PLACEHOLDERS}
          emptyValue={t`IP address`}
          rules={options.resolve}
          onChange={(rules) => edit('resolve', (old) => withOption(old, 'resolve', rules))}
          problems={problems}
        />
        <OuterRules option="resolve" label={t`Addresses from elsewhere`} emptyValue="" />
      </div>
    </div>
  )
}

function summaryOf({ http2, lenient, encoding, unixSocket, resolve }: Options): string {
  return [
    ...(http2 === undefined ? [] : [http2 ? 'HTTP/2' : t`no HTTP/2`]),
    ...(lenient === true ? ['lenient'] : []),
    ...(encoding === undefined ? [] : [encoding]),
    ...(unixSocket === undefined ? [] : [unixSocket]),
    ...Object.entries(resolve ?? {}).map(([host, address]) => t`${host} at ${address}`),
  ].join(' · ')
}
