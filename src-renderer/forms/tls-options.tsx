/** TLS: whom to trust, whom to say we are, and in which versions. */
import { useId } from 'react'
import type { Options } from '#contract/model/request.ts'
import { TLS_VERSIONS } from '#contract/model/wire-options.ts'
import { HelpMark } from '../ui/controls/help-mark.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { Select, type SelectOption } from '../ui/select.tsx'
import { withOption, withOptionAt } from './option-edits.ts'
import { OptionGroup } from './option-group.tsx'
import { OptionText } from './option-text.tsx'
import { problemOf } from './problems.ts'
import { optionAt } from '../actions/typed.ts'
import { useOptionsForm } from './options-form.ts'
import { useSetHere } from './set-here.tsx'
import { VerifyOptions } from './verify-options.tsx'
import controls from '../ui/controls/controls.module.css'
import { OptionWords } from './option-words.tsx'
import { t } from '../lib/t.ts'

type CertField = 'cert' | 'key' | 'pfx' | 'passphrase'
type Version = (typeof TLS_VERSIONS)[number]

const CERT_FIELDS = [
  { name: 'cert', label: t`Client certificate` },
  { name: 'key', label: t`Key` },
  { name: 'pfx', label: t`PFX file` },
  { name: 'passphrase', label: t`Passphrase` },
] as const satisfies readonly { readonly name: CertField; readonly label: string }[]

const OF = ['verify', 'cert', 'tls'] as const

export function TlsOptions() {
  const { options, edit, problems: all } = useOptionsForm()
  const problems = all.filter(({ where }) => /^(?:verify|cert|tls)\b/.test(where?.field ?? ''))
  const outerCert = useSetHere('cert', t`Client certificate`, undefined)
  // A certificate stands as a whole: what is set here takes the place of all of an outer one.
  const outer = options.cert === undefined ? { cert: outerCert.outer } : {}
  return (
    <OptionGroup title={t`TLS`} of={OF} summary={summaryOf(options)} hasProblem={problems.length > 0} startsOpen>
      <VerifyOptions />
      {CERT_FIELDS.map(({ name, label }) => {
        const inherited = name === 'passphrase' ? undefined : optionAt(outer as Options, `cert.${name}`) // read by name only
        return (
          <OptionText
            key={name}
            name={`cert.${name}`}
            label={label}
            {...(name === 'cert' && { setHere: outerCert })}
            value={options.cert?.[name] ?? ''}
            onChange={(text) => edit(`cert.${name}`, (old) => withCertField(old, name, text))}
            problem={problemOf(problems, `cert.${name}`)}
            secret={name === 'passphrase'}
            isFile={name !== 'passphrase'}
            placeholder={typeof inherited === 'string' ? inherited : ''}
            help={<OptionWords of={`cert.${name}`} />}
          />
        )
      })}
      <Versions />
    </OptionGroup>
  )
}

const VERSIONS: readonly SelectOption<Version>[] = TLS_VERSIONS.map((value) => ({ value, label: versionWords(value) }))

function versionWords(version: string): string {
  return version === 'TLSv1' ? 'TLS 1.0' : version.replace('TLSv', 'TLS ')
}

/** @param outer what holds where it is not set here */
function versionOptions(isLayer: boolean, outer: unknown): readonly SelectOption<Version | 'default'>[] {
  const otherwise = typeof outer === 'string' ? t`Not set here (${versionWords(outer)})` : t`Not set here`
  return [{ value: 'default', label: isLayer || outer !== undefined ? otherwise : t`Default` }, ...VERSIONS]
}

function Versions() {
  const id = useId()
  const { options, edit, problems, isLayer } = useOptionsForm()
  const problem = problemOf(problems, 'tls.maxVersion')
  const lowest = useSetHere('tls.minVersion', t`Lowest TLS version`, undefined)
  const highest = useSetHere('tls.maxVersion', t`Highest TLS version`, undefined)
  const choose = (field: 'minVersion' | 'maxVersion', value: Version | 'default'): void =>
    edit(`tls.${field}`, (old) => withOptionAt(old, `tls.${field}`, value === 'default' ? undefined : value))
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>
        {t`Versions`}
        <HelpMark label={t`Versions`} id={id}>
          <OptionWords of="tls" />
        </HelpMark>
      </span>
      <div className={controls.optionBody}>
        <div className={controls.numberLine}>
          <Select
            name="tls.minVersion"
            label={t`Lowest TLS version`}
            value={options.tls?.minVersion ?? 'default'}
            options={versionOptions(isLayer, lowest.outer)}
            onChange={(value) => choose('minVersion', value)}
          />
          <span className={controls.unit}>{t`to`}</span>
          <Select
            name="tls.maxVersion"
            label={t`Highest TLS version`}
            value={options.tls?.maxVersion ?? 'default'}
            options={versionOptions(isLayer, highest.outer)}
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
  const versions = [tls?.minVersion && t`from ${tls.minVersion}`, tls?.maxVersion && t`up to ${tls.maxVersion}`]
  return [
    verify === false ? t`not verified` : typeof verify === 'string' ? t`a CA file` : undefined,
    cert && t`a client certificate`,
    ...versions,
  ]
    .filter((text) => text !== undefined)
    .join(' · ')
}
