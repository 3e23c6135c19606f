/** What an adapter changes below its prefix: its pool of connections, and the options that have a meaning there. */
import { useCallback, useMemo, useState } from 'react'
import type { WireError } from '#contract/errors.ts'
import type { Options } from '#contract/model/request.ts'
import type { Adapter } from '#contract/model/session.ts'
import { editLayer } from '../../actions/layer-drafts.ts'
import { NumberField, type NumberFieldProps } from '../../forms/number-field.tsx'
import type { OuterOption } from '../../forms/options-form.ts'
import { readCount, readSeconds } from '../../forms/typed-number.ts'
import type { LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import { adapterOptions, isOfAdapter, withAdapterOptions } from './adapter-options.ts'
import { LayerOptions } from './layer-options.tsx'
import styles from './layers.module.css'
import { OptionWords } from '../../forms/option-words.tsx'
import { t } from '../../lib/t.ts'

interface AdapterFormProps {
  readonly draft: LayerDraftOf<'session'>
  readonly index: number
  readonly adapter: Adapter
  /** What holds for the session from further out. */
  readonly outer: readonly OuterOption[]
  readonly problems: readonly WireError[]
}

export function AdapterForm({ draft, index, adapter, outer, problems }: AdapterFormProps) {
  const { id, value } = draft
  const edit = useCallback(
    (field: string, change: (adapter: Adapter) => Adapter): void =>
      editLayer(id, 'session', `adapters.${index}.${field}`, (before) => ({
        ...before,
        adapters: before.adapters.map((one, at) => (at === index ? change(one) : one)),
      })),
    [id, index],
  )
  const editOptions = useCallback(
    (field: string, change: (options: Options) => Options): void =>
      edit(field, (one) => withAdapterOptions(one, change(adapterOptions(one)))),
    [edit],
  )
  const options = adapterOptions(adapter)
  const around = useMemo(() => [...ofSession(value), ...outer], [value, outer])
  const setPool = (key: 'maxConnections' | 'keepAlive', number: number | undefined): void =>
    edit(`pool.${key}`, ({ pool = {}, ...rest }) => {
      const { [key]: _old, ...others } = pool
      const next = number === undefined ? others : { ...others, [key]: number }
      return Object.keys(next).length === 0 ? rest : { ...rest, pool: next }
    })
  return (
    <>
      <div className={styles.form} data-dense="true">
        <PoolField
          name="pool.maxConnections"
          label={t`Connections to one host`}
          value={adapter.pool?.maxConnections}
          placeholder="10"
          read={readCount}
          onChange={(number) => setPool('maxConnections', number)}
          help={<OptionWords of="pool.maxConnections" />}
        />
        <PoolField
          name="pool.keepAlive"
          label={t`Keep alive`}
          value={adapter.pool?.keepAlive}
          placeholder="4"
          unit="s"
          read={readSeconds}
          onChange={(number) => setPool('keepAlive', number)}
          help={<OptionWords of="pool.keepAlive" />}
        />
      </div>
      <LayerOptions
        id={id}
        scope="adapter"
        prefix={`adapters.${index}.`}
        options={options}
        edit={editOptions}
        problems={problems}
        outer={around}
        offers={isOfAdapter}
      />
    </>
  )
}

/** A text that is no number yet is kept while the adapter is open. */
function PoolField(props: Omit<NumberFieldProps, 'wrongText' | 'onWrong'>) {
  const [wrong, setWrong] = useState<string | null>(null)
  return <NumberField {...props} wrongText={wrong} onWrong={(typed) => setWrong(typed?.text ?? null)} />
}

function ofSession({ name, options }: LayerDraftOf<'session'>['value']): readonly OuterOption[] {
  const origin = { layer: 'session', name } as const
  // Every key of the options is one of their names.
  return (Object.entries(options) as [OuterOption['key'], unknown][]).map(([key, value]) => ({ key, value, origin }))
}
