/** The connection to the server and how its answer is read: HTTP/2, leniency, encoding, and other ways than by its name. */
import type { DraftId } from '#contract/model/ids.ts'
import type { Options } from '#contract/model/request.ts'
import { editDocument } from '../../actions/edit.ts'
import { withOption } from './option-edits.ts'
import { Switch } from '../../ui/controls/check-box.tsx'
import { OptionGroup } from './option-group.tsx'
import { OptionText } from './option-text.tsx'
import { problemOf } from './problems.ts'
import { RuleTable } from './rule-table.tsx'
import { useRequest, useSectionProblems } from './use-request.ts'
import controls from '../../ui/controls/controls.module.css'

const COLUMNS = { name: 'Host', value: 'Address' }
const PLACEHOLDERS = { name: 'host', value: '127.0.0.1' }

export function ConnectionOptions({ draftId }: { readonly draftId: DraftId }) {
  const { unixSocket, resolve, http2 = false, lenient = false, encoding } = useRequest(draftId, (document) => document.options)
  const problems = useSectionProblems(draftId, 'options').filter(({ where }) =>
    /^(?:unixSocket|resolve|encoding)\b/.test(where?.field ?? ''),
  )
  const change = <K extends 'unixSocket' | 'resolve' | 'http2' | 'lenient' | 'encoding'>(key: K, value: Options[K] | undefined): void =>
    editDocument(draftId, `options.${key}`, (document) => ({ ...document, options: withOption(document.options, key, value) }))
  const summary = [
    ...(http2 ? ['HTTP/2'] : []),
    ...(lenient ? ['lenient'] : []),
    ...(encoding === undefined ? [] : [encoding]),
    ...(unixSocket === undefined ? [] : [unixSocket]),
    ...Object.entries(resolve ?? {}).map(([host, address]) => `${host} at ${address}`),
  ]
  return (
    <OptionGroup title="Connection" summary={summary.join(' · ')} hasProblem={problems.length > 0}>
      <Switch
        label="HTTP/2"
        checked={http2}
        onChange={(on) => change('http2', on ? true : undefined)}
        help={
          <>
            Offered to servers of https:// by ALPN; what the server chose is shown under Timing. The head then has <code>:authority</code>{' '}
            for Host, and names in lower case. <code>--http2</code> in curl. requests has none.
          </>
        }
      />
      <Switch
        label="Lenient"
        checked={lenient}
        onChange={(on) => change('lenient', on ? true : undefined)}
        help={
          <>
            Reads answers that break the rules of HTTP: folded header lines, lines that end in LF, chunks beside a length. Only for a server
            you know.
          </>
        }
      />
      <OptionText
        name="encoding"
        label="Response encoding"
        value={encoding ?? ''}
        onChange={(text) => change('encoding', text === '' ? undefined : text)}
        problem={problemOf(problems, 'encoding')}
        placeholder="found out"
        references={false}
        help={
          <>
            Reads the text of the answer in this encoding, whatever the answer says. <code>r.encoding = …</code> in requests.
          </>
        }
      />
      <OptionText
        name="unixSocket"
        label="Unix socket"
        value={unixSocket ?? ''}
        onChange={(text) => change('unixSocket', text === '' ? undefined : text)}
        problem={problemOf(problems, 'unixSocket')}
        placeholder="/var/run/docker.sock"
        isFile
        help={
          <>
            Connects to this socket (on Windows a pipe, such as <code>{String.raw`\\.\pipe\docker_engine`}</code>) in place of the host of
            the URL. No proxy is then used. <code>--unix-socket</code> in curl.
          </>
        }
      />
      <div className={controls.option}>
        <span className={controls.optionLabel}>Resolve</span>
        <div className={controls.optionBody}>
          <RuleTable
            key={draftId}
            label="Addresses"
            field="resolve"
            columns={COLUMNS}
            placeholders={PLACEHOLDERS}
            emptyValue="IP address"
            rules={resolve}
            onChange={(rules) => change('resolve', rules)}
            problems={problems}
          />
        </div>
      </div>
    </OptionGroup>
  )
}
