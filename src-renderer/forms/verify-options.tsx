/** Whether and against which authorities the server's certificate is checked. */
import { useId, useState } from 'react'
import type { Options } from '#contract/model/request.ts'
import { pickFiles } from '../actions/files.ts'
import { Button } from '../ui/button.tsx'
import { ProblemNote } from '../ui/problem-note.tsx'
import { TextInput } from '../ui/text-input.tsx'
import { Switch } from '../ui/controls/check-box.tsx'
import { HelpMark } from '../ui/controls/help-mark.tsx'
import { withOption } from './option-edits.ts'
import { problemOf } from './problems.ts'
import { saidAs, useOptionsForm } from './options-form.ts'
import { useSetHere } from './set-here.tsx'
import styles from '../ui/controls/controls.module.css'
import { OptionWords } from './option-words.tsx'
import { t } from '../lib/t.ts'

export function VerifyOptions() {
  const id = useId()
  const form = useOptionsForm()
  const problem = problemOf(form.problems, 'verify')
  const here = useSetHere('verify', t`Verify TLS certificates`, true)
  const verify = form.options.verify ?? (typeof here.outer === 'boolean' || typeof here.outer === 'string' ? here.outer : undefined)
  // Switching off has no place for the file's path in what is kept; it is kept here to be put back.
  const [setAside, setAsidePath] = useState('')
  const isOn = verify !== false
  const caFile = typeof verify === 'string' ? verify : isOn ? '' : setAside
  const change = (value: Options['verify']): void => form.edit('verify', (old) => withOption(old, 'verify', value))
  const toggle = (on: boolean): void => {
    if (!on) setAsidePath(caFile)
    change(on ? setAside || saidAs(form, 'verify', true, true) : false)
  }
  const choose = async (): Promise<void> => {
    const [file] = await pickFiles({ title: t`Choose a CA file`, multiple: false })
    if (file) change(file.path)
  }
  return (
    <>
      <Switch
        name="verify.switch"
        label={t`Verify TLS certificates`}
        mark={here.mark}
        isUnset={here.isUnset}
        checked={isOn}
        onChange={toggle}
        help={<OptionWords of="verify" />}
      >
        {here.from}
        {!isOn && (
          <ProblemNote
            message={t`The server's certificate is not checked: anyone on the way can read and change ${form.isLayer ? t`requests and their answers` : t`this request and its answer`}.`}
          />
        )}
      </Switch>
      <div className={styles.option} data-disabled={!isOn}>
        <span className={styles.optionLabel}>
          {t`CA file`}
          <HelpMark label={t`CA file`} id={`${id}-help`}>
            <OptionWords of="verify.path" />
          </HelpMark>
        </span>
        <div className={styles.optionBody}>
          <div className={styles.fileLine}>
            <TextInput
              label={t`CA file`}
              data-field="verify"
              code
              className={styles.grow ?? ''}
              value={caFile}
              onChange={(text) => change(text === '' ? saidAs(form, 'verify', true, true) : text)}
              placeholder={t`The system's authorities`}
              disabled={!isOn}
              invalid={problem !== undefined}
              describedBy={problem ? `${id}-problem` : `${id}-help`}
            />
            <Button disabled={!isOn} onClick={() => void choose()}>{t`Choose…`}</Button>
          </div>
          {problem && (
            <ProblemNote id={`${id}-problem`} message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />
          )}
        </div>
      </div>
    </>
  )
}
