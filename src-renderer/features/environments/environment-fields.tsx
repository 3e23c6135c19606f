/** The fields of an environment above its variables: name, colour, the environment it extends, and its `.env` file. */
import { useId, useMemo, type ReactNode } from 'react'
import type { Environment } from '#contract/model/session.ts'
import { editLayer } from '../../actions/layer-drafts.ts'
import { extendsProblem, nameProblem, type OtherEnvironment } from '../../lib/environment-problems.ts'
import type { LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import { useSurroundingsStore } from '../../stores/surroundings-store.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { ColorField } from './color-field.tsx'
import { DotEnvField } from './dot-env-field.tsx'
import styles from './environments.module.css'
import { t } from '../../lib/t.ts'

/** A name is never empty. */
const NONE = ''

export function EnvironmentFields({ draft }: { readonly draft: LayerDraftOf<'environment'> }) {
  const { id, value } = draft
  const others = useOthers(draft)
  const edit = (field: keyof Environment, change: Partial<Environment>, step: 'joins' | 'alone' = 'joins'): void =>
    editLayer(id, 'environment', field, (before) => ({ ...before, ...change }), step)
  const nameFault = nameProblem(value.name, others)
  const extendsFault = extendsProblem(value, others)
  return (
    <div className={styles.fields}>
      <Field label={t`Name`} fault={nameFault}>
        {(describedBy) => (
          <TextInput
            label={t`Environment name`}
            references={false}
            value={value.name}
            onChange={(name) => edit('name', { name })}
            invalid={nameFault !== null}
            {...(describedBy !== undefined && { describedBy })}
          />
        )}
      </Field>
      <Field label={t`Colour`} fault={null}>
        {() => <ColorField value={value.color} onChange={(color) => edit('color', { color }, 'alone')} />}
      </Field>
      <Field label={t`Extends`} fault={extendsFault}>
        {(describedBy) => (
          <Select
            label={t`Extends`}
            title={t`Its variables hold where this environment has none of the name`}
            value={value.extends ?? NONE}
            options={extendsOptions(value, others)}
            onChange={(name) => edit('extends', { extends: name === NONE ? null : name }, 'alone')}
            invalid={extendsFault !== null}
            {...(describedBy !== undefined && { describedBy })}
          />
        )}
      </Field>
      <Field label={t`.env file`} fault={null}>
        {() => (
          <DotEnvField
            collectionId={draft.collectionId}
            path={value.dotEnvPath ?? ''}
            onChange={(path) => edit('dotEnvPath', { dotEnvPath: path === '' ? null : path })}
          />
        )}
      </Field>
    </div>
  )
}

/** The other environments of its collection. */
function useOthers({ collectionId, file }: LayerDraftOf<'environment'>): readonly OtherEnvironment[] {
  const environments = useSurroundingsStore((state) => state.byCollection[collectionId]?.environments)
  return useMemo(() => (environments ?? []).filter((other) => other.file !== file), [environments, file])
}

/** Those that would lead in a circle say so, and cannot be chosen. */
function extendsOptions(environment: Environment, others: readonly OtherEnvironment[]): readonly SelectOption<string>[] {
  const options = others.map(({ name }): SelectOption<string> => {
    const isCircle = name !== environment.extends && extendsProblem({ name: environment.name, extends: name }, others) !== null
    return { value: name, label: isCircle ? t`${name} (extends this one)` : name, disabled: isCircle }
  })
  const chosen = environment.extends
  const isThere = chosen === null || options.some(({ value }) => value === chosen)
  return [{ value: NONE, label: t`Nothing` }, ...options, ...(isThere ? [] : [{ value: chosen, label: t`${chosen} (not there)` }])]
}

interface FieldProps {
  readonly label: string
  readonly fault: string | null
  readonly children: (describedBy: string | undefined) => ReactNode
}

function Field({ label, fault, children }: FieldProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <div className={styles.control}>
        {children(fault === null ? undefined : id)}
        {fault !== null && <ProblemNote id={id} message={fault} />}
      </div>
    </div>
  )
}
