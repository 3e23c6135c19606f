/** The adapters of a session: where each is mounted and what it changes there; one is open for editing at a time. */
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { Fragment, useEffect, useId, useRef, useState } from 'react'
import type { Adapter } from '#contract/model/session.ts'
import { editLayer } from '../../actions/layer-drafts.ts'
import type { OuterOption } from '../../forms/options-form.ts'
import type { LayerDraftOf } from '../../stores/layer-drafts-store.ts'
import type { LayerFocus } from '../../stores/page-store.ts'
import { useTypedStore } from '../../stores/typed-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import type { useFreshRow } from '../../ui/fresh-row.ts'
import { TextInput } from '../../ui/text-input.tsx'
import { AdapterForm } from './adapter-form.tsx'
import { adapterWords } from './adapter-options.ts'
import { AdapterTester } from './adapter-tester.tsx'
import type { AdapterFaults } from './layer-tabs.ts'
import styles from './layers.module.css'
import tables from './adapters.module.css'
import { rich, t } from '../../lib/t.ts'

interface AdaptersProps {
  readonly draft: LayerDraftOf<'session'>
  readonly outer: readonly OuterOption[]
  readonly faults: readonly AdapterFaults[]
  readonly focus: LayerFocus | null
  /** The one that was just added. */
  readonly fresh: FreshAdapter
}

export type FreshAdapter = ReturnType<typeof useFreshRow>

export function Adapters({ draft, outer, faults, focus, fresh }: AdaptersProps) {
  const { id, value } = draft
  const { adapters } = value
  const [open, setOpen] = useState<number | null>(null)
  const [seen, setSeen] = useState<LayerFocus | null>(null)
  if (focus !== null && focus !== seen) {
    setSeen(focus)
    const wanted = adapters.findIndex(({ prefix }) => prefix === focus.name)
    if (wanted >= 0) setOpen(wanted)
  }
  const list = useRef<HTMLTableElement>(null)
  const added = useRef(false)
  useEffect(() => {
    if (!added.current) return
    added.current = false
    list.current?.querySelector<HTMLElement>('tbody tr:last-of-type [data-prefix]')?.focus()
  }, [adapters.length])
  const edit = (field: string, change: (list: readonly Adapter[]) => readonly Adapter[], step: 'joins' | 'alone' = 'joins'): void =>
    editLayer(id, 'session', `adapters.${field}`, (before) => ({ ...before, adapters: [...change(before.adapters)] }), step)
  const add = (): void => {
    added.current = true
    fresh.begin(adapters.length)
    edit('add', (before) => [...before, { prefix: '' }], 'alone')
  }
  const remove = (index: number): void => {
    // Texts that are no values yet go by the places of their adapters.
    useTypedStore.getState().remove(id)
    setOpen(null)
    fresh.end()
    edit('remove', (before) => before.filter((_one, at) => at !== index), 'alone')
  }
  return (
    <>
      <p
        className={styles.help}
      >{rich`An adapter changes how requests to the URLs below its prefix are sent. Of those that match, the one with the longest prefix is picked. ${(<code>Session.mount</code>)} in requests.`}</p>
      {adapters.length > 0 && (
        <table ref={list} className={tables.table} aria-label={t`Adapters`} onBlur={fresh.onBlur} onKeyDown={fresh.onKeyDown}>
          <thead>
            <tr>
              <th scope="col">
                <span className={tables.hidden}>{t`Open`}</span>
              </th>
              <th scope="col">{t`URL prefix`}</th>
              <th scope="col">{t`Changes`}</th>
              <th scope="col">
                <span className={tables.hidden}>{t`Remove`}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {adapters.map((adapter, index) => (
              <Fragment key={index}>
                <Mount
                  index={index}
                  adapter={adapter}
                  fault={faults[index]?.prefix ?? null}
                  isOpen={open === index}
                  onToggle={() => setOpen(open === index ? null : index)}
                  onPrefix={(prefix) =>
                    edit(`${index}.prefix`, (before) => before.map((one, at) => (at === index ? { ...one, prefix } : one)))
                  }
                  onRemove={() => remove(index)}
                />
                {open === index && (
                  <tr>
                    <td />
                    <td colSpan={3}>
                      <AdapterForm draft={draft} index={index} adapter={adapter} outer={outer} problems={faults[index]?.options ?? []} />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
      <Button icon={<Plus />} className={styles.add ?? ''} onClick={add}>{t`Mount an adapter`}</Button>
      {adapters.length > 0 && <AdapterTester collectionId={draft.collectionId} adapters={adapters} />}
    </>
  )
}

interface MountProps {
  readonly index: number
  readonly adapter: Adapter
  readonly fault: string | null
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly onPrefix: (prefix: string) => void
  readonly onRemove: () => void
}

function Mount({ index, adapter, fault, isOpen, onToggle, onPrefix, onRemove }: MountProps) {
  const id = useId()
  const name = adapter.prefix === '' ? t`the new adapter` : adapter.prefix
  const words = adapterWords(adapter)
  return (
    <tr data-open={isOpen} data-row={index}>
      <td>
        <IconButton
          label={`${isOpen ? t`Close` : t`Edit`} ${name}`}
          icon={isOpen ? <ChevronDown /> : <ChevronRight />}
          aria-expanded={isOpen}
          onClick={onToggle}
        />
      </td>
      <td>
        <TextInput
          label={t`URL prefix`}
          code
          className={styles.fill ?? ''}
          references={false}
          data-prefix
          data-cell="prefix"
          data-option={adapter.prefix}
          placeholder="https://api.example.com/v2"
          value={adapter.prefix}
          onChange={onPrefix}
          invalid={fault !== null}
          {...(fault !== null && { describedBy: id })}
        />
        {fault !== null && <ProblemNote id={id} message={fault} />}
      </td>
      <td>
        <button type="button" className={tables.words} onClick={onToggle}>
          {words === '' ? t`nothing yet` : words}
        </button>
      </td>
      <td>
        <IconButton label={t`Remove ${name}`} icon={<X />} onClick={onRemove} />
      </td>
    </tr>
  )
}
