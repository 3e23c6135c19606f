/** Another way to the server than by its name: a Unix socket, or an address of one's own. */
import type { DraftId } from '#contract/model/ids.ts'
import type { Options } from '#contract/model/request.ts'
import { editDocument } from '../../actions/edit.ts'
import { withOption } from './option-edits.ts'
import { OptionGroup } from './option-group.tsx'
import { OptionText } from './option-text.tsx'
import { problemOf } from './problems.ts'
import { RuleTable } from './rule-table.tsx'
import { useRequest, useSectionProblems } from './use-request.ts'
import controls from './controls.module.css'

const COLUMNS = { name: 'Host', value: 'Address' }
const PLACEHOLDERS = { name: 'host', value: '127.0.0.1' }

export function ConnectionOptions({ draftId }: { readonly draftId: DraftId }) {
  const unixSocket = useRequest(draftId, (document) => document.options.unixSocket)
  const resolve = useRequest(draftId, (document) => document.options.resolve)
  const problems = useSectionProblems(draftId, 'options').filter(({ where }) => /^(?:unixSocket|resolve)\b/.test(where?.field ?? ''))
  const change = <K extends 'unixSocket' | 'resolve'>(key: K, value: Options[K] | undefined): void =>
    editDocument(draftId, `options.${key}`, (document) => ({ ...document, options: withOption(document.options, key, value) }))
  const summary = [
    ...(unixSocket === undefined ? [] : [unixSocket]),
    ...Object.entries(resolve ?? {}).map(([host, address]) => `${host} at ${address}`),
  ]
  return (
    <OptionGroup title="Connection" summary={summary.join(' · ')} hasProblem={problems.length > 0}>
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
