/** The connection to the server and how its answer is read: HTTP/2, leniency, encoding, and other ways than by its name. */
import type { Options } from '#contract/model/request.ts'
import { Switch } from '../ui/controls/check-box.tsx'
import { withOption } from './option-edits.ts'
import { OptionGroup } from './option-group.tsx'
import { saidAs, useOptionsForm } from './options-form.ts'
import { OuterRules } from './outer-rules.tsx'
import { RuleTable } from './rule-table.tsx'
import { useSetHere } from './set-here.tsx'
import { TextOption } from './text-option.tsx'
import controls from '../ui/controls/controls.module.css'

const COLUMNS = { name: 'Host', value: 'Address' }
const PLACEHOLDERS = { name: 'host', value: '127.0.0.1' }

const OF = ['http2', 'lenient', 'encoding', 'unixSocket', 'resolve'] as const

export function ConnectionOptions() {
  const { options, problems: all, offers } = useOptionsForm()
  const problems = all.filter(({ where }) => /^(?:unixSocket|resolve|encoding)\b/.test(where?.field ?? ''))
  return (
    <OptionGroup title="Connection" of={OF} summary={summaryOf(options)} hasProblem={problems.length > 0}>
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
      label="HTTP/2"
      mark={here.mark}
      isUnset={here.isUnset}
      checked={form.options.http2 ?? here.outer === true}
      onChange={(on) => form.edit('http2', (old) => withOption(old, 'http2', saidAs(form, 'http2', on, false)))}
      help={
        <>
          Offered to servers of https:// by ALPN; what the server chose is shown under Timing. The head then has <code>:authority</code> for
          Host, and names in lower case. <code>--http2</code> in curl. requests has none.
        </>
      }
    >
      {here.from}
    </Switch>
  )
}

function Lenient() {
  const form = useOptionsForm()
  const here = useSetHere('lenient', 'Lenient', false)
  return (
    <Switch
      name="lenient"
      label="Lenient"
      mark={here.mark}
      isUnset={here.isUnset}
      checked={form.options.lenient ?? here.outer === true}
      onChange={(on) => form.edit('lenient', (old) => withOption(old, 'lenient', saidAs(form, 'lenient', on, false)))}
      help={
        <>
          Reads answers that break the rules of HTTP: folded header lines, lines that end in LF, chunks beside a length. Only for a server
          you know.
        </>
      }
    >
      {here.from}
    </Switch>
  )
}

function Encoding() {
  return (
    <TextOption
      name="encoding"
      label="Response encoding"
      placeholder="found out"
      references={false}
      help={
        <>
          Reads the text of the answer in this encoding, whatever the answer says. <code>r.encoding = …</code> in requests.
        </>
      }
    />
  )
}

function UnixSocket() {
  return (
    <TextOption
      name="unixSocket"
      label="Unix socket"
      placeholder="/var/run/docker.sock"
      isFile
      help={
        <>
          Connects to this socket (on Windows a pipe, such as <code>{String.raw`\\.\pipe\docker_engine`}</code>) in place of the host of the
          URL. No proxy is then used. <code>--unix-socket</code> in curl.
        </>
      }
    />
  )
}

function Resolve() {
  const { key, options, edit, problems } = useOptionsForm()
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>Resolve</span>
      <div className={controls.optionBody}>
        <RuleTable
          key={key}
          label="Addresses"
          field="resolve"
          columns={COLUMNS}
          placeholders={PLACEHOLDERS}
          emptyValue="IP address"
          rules={options.resolve}
          onChange={(rules) => edit('resolve', (old) => withOption(old, 'resolve', rules))}
          problems={problems}
        />
        <OuterRules option="resolve" label="Addresses from elsewhere" emptyValue="" />
      </div>
    </div>
  )
}

function summaryOf({ http2, lenient, encoding, unixSocket, resolve }: Options): string {
  return [
    ...(http2 === undefined ? [] : [http2 ? 'HTTP/2' : 'no HTTP/2']),
    ...(lenient === true ? ['lenient'] : []),
    ...(encoding === undefined ? [] : [encoding]),
    ...(unixSocket === undefined ? [] : [unixSocket]),
    ...Object.entries(resolve ?? {}).map(([host, address]) => `${host} at ${address}`),
  ].join(' · ')
}
