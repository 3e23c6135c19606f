/** Importing cookies: a file or a pasted text, and what of it could not be taken, by line. */
import { useRef, useState } from 'react'
import type { ImportProblem } from '#contract/model/cookie.ts'
import { importCookies } from '../../actions/cookies.ts'
import { Button } from '../../ui/button.tsx'
import styles from './cookies.module.css'
import { t } from '../../lib/t.ts'
import { formatNumber } from '../../lib/format-number.ts'

interface ImportFormProps {
  /** What is there to be imported already: a file that was dropped. */
  readonly initial: string
  readonly onDone: () => void
}

/** So many are read; the rest is counted. */
const PROBLEMS_SHOWN = 50

export function ImportForm({ initial, onDone }: ImportFormProps) {
  const [text, setText] = useState(initial)
  const [problems, setProblems] = useState<readonly ImportProblem[]>([])
  const chooser = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    setText(await file.text())
    setProblems([])
  }
  const submit = async (): Promise<void> => {
    const result = await importCookies(text)
    if (!result) return
    setProblems(result.problems)
    if (result.problems.length === 0) onDone()
  }
  return (
    <form
      className={styles.form}
      aria-label={t`Import cookies`}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void take(event.dataTransfer.files[0])
      }}
    >
      <h3 className={styles.heading}>{t`Import cookies`}</h3>
      <p
        className={styles.help}
      >{t`A cookies.txt of curl, wget or a browser (Netscape), or the JSON of EditThisCookie, Cookie-Editor, Playwright or Selenium. A cookie of the same name, domain and path is replaced; the others stay.`}</p>
      <textarea
        className={styles.text}
        aria-label={t`Cookies to import`}
        spellCheck={false}
        autoFocus
        placeholder={t`Paste here, or drop a file`}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setProblems([])
        }}
      />
      <Problems problems={problems} />
      <div className={styles.buttons}>
        <input
          ref={chooser}
          type="file"
          className={styles.unseen}
          aria-label={t`File of cookies`}
          tabIndex={-1}
          accept=".txt,.json,text/plain,application/json"
          onChange={(event) => {
            void take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Button onClick={() => chooser.current?.click()}>{t`Choose file…`}</Button>
        <span className={styles.space} />
        <Button onClick={onDone}>{t`Back`}</Button>
        <Button variant="primary" type="submit" disabled={text.trim() === ''}>{t`Import cookies`}</Button>
      </div>
    </form>
  )
}

function Problems({ problems }: { readonly problems: readonly ImportProblem[] }) {
  if (problems.length === 0) return null
  return (
    <div className={styles.problems} role="alert">
      <p>{problems.length === 1 ? t`This was left out:` : t`${formatNumber(problems.length)} were left out:`}</p>
      <ul aria-label={t`Left out of the import`}>
        {problems.slice(0, PROBLEMS_SHOWN).map(({ at, unit, message }, index) => (
          <li key={index}>
            {at !== null && <strong>{`${unit === 'line' ? t`Line` : t`Cookie`} ${at}: `}</strong>}
            {message}
          </li>
        ))}
      </ul>
      {problems.length > PROBLEMS_SHOWN && <p>{t`and ${formatNumber(problems.length - PROBLEMS_SHOWN)} more`}</p>}
    </div>
  )
}
