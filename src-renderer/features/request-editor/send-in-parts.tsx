/** Sending the one file of a multipart body in parts: how many, under which field names, and from which part on. */
import { useState } from 'react'
import type { DraftId } from '#contract/model/ids.ts'
import { DEFAULT_INDEX_FIELD, DEFAULT_TOTAL_FIELD } from '#contract/model/request-defaults.ts'
import { editDocument } from '../../actions/edit.ts'
import { send } from '../../actions/send.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { Switch } from '../../ui/controls/check-box.tsx'
import { HelpMark } from '../../ui/controls/help-mark.tsx'
import { NumberField } from '../../forms/number-field.tsx'
import { withOption, type ChunkedUpload } from '../../forms/option-edits.ts'
import { problemOf } from '../../forms/problems.ts'
import { readCount } from '../../forms/typed-number.ts'
import { RequestOptions } from './request-options.tsx'
import { useRequest, useSectionProblems } from './use-request.ts'
import { useWrongText } from '../../forms/use-wrong-text.ts'
import controls from '../../ui/controls/controls.module.css'
import styles from './request-editor.module.css'
import { OptionWords } from '../../forms/option-words.tsx'
import { t } from '../../lib/t.ts'

/** What switching on begins with. */
const FIRST: ChunkedUpload = { parts: 4 }

export function SendInParts({ draftId }: { readonly draftId: DraftId }) {
  const option = useRequest(draftId, (document) => document.options.chunkedUpload)
  const change = (name: string, next: ChunkedUpload | undefined): void =>
    editDocument(draftId, `body.chunkedUpload.${name}`, (document) => ({
      ...document,
      options: withOption(document.options, 'chunkedUpload', next),
    }))
  return (
    <div className={styles.options} data-dense="true">
      <Switch
        label={t`Send in parts`}
        checked={option !== undefined}
        onChange={(on) => change('on', on ? FIRST : undefined)}
        help={<OptionWords of="chunkedUpload" />}
      />
      {option && (
        <RequestOptions draftId={draftId}>
          <Fields draftId={draftId} option={option} onChange={change} />
        </RequestOptions>
      )}
    </div>
  )
}

interface FieldsProps {
  readonly draftId: DraftId
  readonly option: ChunkedUpload
  readonly onChange: (name: string, next: ChunkedUpload) => void
}

function Fields({ draftId, option, onChange }: FieldsProps) {
  const problems = useSectionProblems(draftId, 'body')
  const wrong = useWrongText('chunkedUpload.parts', t`Number of parts`)
  const field = (key: 'indexField' | 'totalField', text: string): void => {
    const { [key]: _old, ...rest } = option
    onChange(key, text === '' ? rest : { ...rest, [key]: text })
  }
  const totalProblem = problemOf(problems, 'chunkedUpload.totalField')
  return (
    <>
      <NumberField
        name="chunkedUpload.parts"
        label={t`Number of parts`}
        {...wrong}
        value={option.parts}
        placeholder={String(FIRST.parts)}
        read={readCount}
        problem={problemOf(problems, 'chunkedUpload.parts')}
        onChange={(parts) => onChange('parts', { ...option, parts: parts ?? FIRST.parts })}
        help={<OptionWords of="chunkedUpload.parts" />}
      />
      <div className={controls.option}>
        <span className={controls.optionLabel}>
          {t`Field names`}
          <HelpMark label={t`Field names`} id={`${draftId}-part-fields`}>
            <OptionWords of="chunkedUpload.fields" />
          </HelpMark>
        </span>
        <div className={controls.optionBody}>
          <div className={controls.listLine}>
            <TextInput
              label={t`Field of the part's number`}
              code
              references={false}
              className={controls.part ?? ''}
              value={option.indexField ?? ''}
              placeholder={DEFAULT_INDEX_FIELD}
              onChange={(text) => field('indexField', text)}
            />
            <TextInput
              label={t`Field of the number of parts`}
              code
              references={false}
              className={controls.part ?? ''}
              data-field="chunkedUpload.totalField"
              value={option.totalField ?? ''}
              placeholder={DEFAULT_TOTAL_FIELD}
              invalid={totalProblem !== undefined}
              onChange={(text) => field('totalField', text)}
            />
          </div>
          {totalProblem && <ProblemNote message={totalProblem.message} />}
        </div>
      </div>
      <FromPart draftId={draftId} />
    </>
  )
}

/** No part of the request: which part to go on from is a matter of one send. */
function FromPart({ draftId }: { readonly draftId: DraftId }) {
  const count = usePreviewsStore((state) => state.byTab[draftId]?.requests ?? 1)
  const [from, setFrom] = useState<number | undefined>(undefined)
  const [wrong, setWrong] = useState<string | null>(null)
  if (count < 2) return null
  const isPart = wrong === null && from !== undefined && from >= 1 && from <= count
  return (
    <NumberField
      name="fromPart"
      label={t`Go on from part`}
      value={from}
      wrongText={wrong}
      onWrong={(typed) => setWrong(typed?.text ?? null)}
      placeholder="1"
      read={readCount}
      problem={from === undefined || isPart || wrong !== null ? undefined : { message: t`There are ${count} parts.` }}
      onChange={setFrom}
      help={t`Where an upload was left in the middle, also before a restart: the parts before this one are not sent again.`}
    >
      <Button disabled={!isPart} onClick={() => void send(draftId, from)}>
        {isPart ? t`Send from part ${from} of ${count}` : t`Send from a part of ${count}`}
      </Button>
    </NumberField>
  )
}
