/** TLS: whom to trust, whom to say we are, and in which versions. */
import type { DraftId } from '#contract/model/ids.ts'
import type { Options } from '#contract/model/request.ts'
import { TLS_VERSIONS } from '#contract/model/wire-options.ts'
import { editDocument } from '../../actions/edit.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { withOption } from './option-edits.ts'
import { OptionGroup } from './option-group.tsx'
import { OptionText } from './option-text.tsx'
import { problemOf } from './problems.ts'
import { useRequest, useSectionProblems } from './use-request.ts'
import { VerifyOptions } from './verify-options.tsx'
import controls from '../../ui/controls/controls.module.css'

type CertField = 'cert' | 'key' | 'pfx' | 'passphrase'
type Version = (typeof TLS_VERSIONS)[number]

const CERT_FIELDS = [
  { name: 'cert', label: 'Client certificate', help: 'A PEM file. It may hold the key as well. cert in requests.' },
  {
    name: 'key',
    label: 'Key',
    help: 'The PEM file of the certificate’s key, where it is in a file of its own. The second of cert=(cert, key) in requests.',
  },
  {
    name: 'pfx',
    label: 'PFX file',
    help: 'Certificate and key in one .pfx or .p12 file, in place of PEM files. requests cannot read these.',
  },
  {
    name: 'passphrase',
    label: 'Passphrase',
    help: 'Of an encrypted key or a PFX file. It is saved in the file: better a variable, such as {{passphrase}}.',
  },
] as const satisfies readonly { readonly name: CertField; readonly label: string; readonly help: string }[]

export function TlsOptions({ draftId }: { readonly draftId: DraftId }) {
  const options = useRequest(draftId, (document) => document.options)
  const problems = useSectionProblems(draftId, 'options').filter(({ where }) => /^(?:verify|cert|tls)\b/.test(where?.field ?? ''))
  const change = (name: CertField, text: string): void =>
    editDocument(draftId, `options.cert.${name}`, (document) => ({ ...document, options: withCertField(document.options, name, text) }))
  return (
    <OptionGroup title="TLS" summary={summaryOf(options)} hasProblem={problems.length > 0} startsOpen>
      <VerifyOptions draftId={draftId} />
      {CERT_FIELDS.map(({ name, label, help }) => (
        <OptionText
          key={name}
          name={`cert.${name}`}
          label={label}
          value={options.cert?.[name] ?? ''}
          onChange={(text) => change(name, text)}
          problem={problemOf(problems, `cert.${name}`)}
          secret={name === 'passphrase'}
          isFile={name !== 'passphrase'}
          help={help}
        />
      ))}
      <Versions draftId={draftId} />
    </OptionGroup>
  )
}

const VERSIONS: readonly SelectOption<Version | 'default'>[] = [
  { value: 'default', label: 'Default' },
  ...TLS_VERSIONS.map((value) => ({ value, label: value.replace('TLSv', 'TLS ') })),
]

function Versions({ draftId }: { readonly draftId: DraftId }) {
  const tls = useRequest(draftId, (document) => document.options.tls)
  const problem = problemOf(useSectionProblems(draftId, 'options'), 'tls.maxVersion')
  const choose = (field: 'minVersion' | 'maxVersion', value: Version | 'default'): void =>
    editDocument(draftId, `options.tls.${field}`, (document) => {
      const { [field]: _old, ...rest } = document.options.tls ?? {}
      const next = value === 'default' ? rest : { ...rest, [field]: value }
      return { ...document, options: withOption(document.options, 'tls', Object.keys(next).length === 0 ? undefined : next) }
    })
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>Versions</span>
      <div className={controls.optionBody}>
        <div className={controls.numberLine}>
          <Select
            label="Lowest TLS version"
            value={tls?.minVersion ?? 'default'}
            options={VERSIONS}
            onChange={(value) => choose('minVersion', value)}
          />
          <span className={controls.unit}>to</span>
          <Select
            label="Highest TLS version"
            value={tls?.maxVersion ?? 'default'}
            options={VERSIONS}
            onChange={(value) => choose('maxVersion', value)}
            invalid={problem !== undefined}
          />
        </div>
        {problem && <ProblemNote message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />}
      </div>
    </div>
  )
}

/** An emptied field leaves no trace, and neither does a certificate without any. */
function withCertField(options: Options, name: CertField, text: string): Options {
  const { [name]: _old, ...rest } = options.cert ?? {}
  const next = text === '' ? rest : { ...rest, [name]: text }
  return withOption(options, 'cert', Object.keys(next).length === 0 ? undefined : next)
}

function summaryOf({ verify, cert, tls }: Options): string {
  const versions = [tls?.minVersion && `from ${tls.minVersion}`, tls?.maxVersion && `up to ${tls.maxVersion}`]
  return [
    verify === false ? 'not verified' : typeof verify === 'string' ? 'a CA file' : undefined,
    cert && 'a client certificate',
    ...versions,
  ]
    .filter((text) => text !== undefined)
    .join(' · ')
}
