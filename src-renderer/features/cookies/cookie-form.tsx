/** Adding a cookie, or changing one; what is wrong stands beside its field. */
import { useId, useState, type ReactNode } from 'react'
import type { CookieFields, CookieProblem, KeptCookie } from '#contract/model/cookie.ts'
import { saveCookie } from '../../actions/cookies.ts'
import { cookieIdOf } from '../../lib/jar-label.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { TextInput } from '../../ui/text-input.tsx'
import { dateFieldText, dateOfField, sameSiteOf } from './cookie-fields.ts'
import styles from './cookies.module.css'
import { t } from '../../lib/t.ts'

interface CookieFormProps {
  /** Null: a new one. */
  readonly cookie: KeptCookie | null
  /** Filled in for a new one. */
  readonly domain: string
  readonly onDone: () => void
}

const SAME_SITE = [
  { value: '', label: t`Not set` },
  { value: 'strict', label: t`Strict` },
  { value: 'lax', label: t`Lax` },
  { value: 'none', label: t`None` },
] as const

export function CookieForm({ cookie, domain, onDone }: CookieFormProps) {
  const [fields, setFields] = useState<CookieFields>(() => fieldsOf(cookie, domain))
  const [problems, setProblems] = useState<readonly CookieProblem[]>([])
  const change = (part: Partial<CookieFields>): void => {
    setFields({ ...fields, ...part })
    setProblems(problems.filter(({ field }) => !(field in part)))
  }
  const submit = async (): Promise<void> => {
    const found = await saveCookie(fields, cookie && cookieIdOf(cookie))
    if (found === null) return
    setProblems(found)
    if (found.length === 0) onDone()
  }
  const text = (field: 'name' | 'value' | 'domain' | 'path', label: string, props: { placeholder?: string; autoFocus?: boolean } = {}) => (
    <Field label={label} problem={problems.find((problem) => problem.field === field)}>
      {(described) => (
        <TextInput code label={label} value={fields[field]} onChange={(next) => change({ [field]: next })} {...described} {...props} />
      )}
    </Field>
  )
  const problemOf = (field: CookieProblem['field']): CookieProblem | undefined => problems.find((problem) => problem.field === field)
  return (
    <form
      className={styles.form}
      aria-label={cookie ? t`Edit ${cookie.name}` : t`Add a cookie`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h3 className={styles.heading}>{cookie ? t`Edit “${cookie.name}”` : t`Add a cookie`}</h3>
      {text('name', t`Name`, { autoFocus: cookie === null })}
      {text('value', t`Value`, { autoFocus: cookie !== null })}
      {text('domain', t`Domain`, { placeholder: 'example.com' })}
      <Field label="" problem={problemOf('hostOnly')}>
        {() => (
          <CheckBox label={t`This host only`} checked={fields.hostOnly} onChange={(hostOnly) => change({ hostOnly })}>
            {fields.hostOnly ? '' : t`The hosts under it get the cookie too.`}
          </CheckBox>
        )}
      </Field>
      {text('path', t`Path`)}
      <ExpiryField expires={fields.expires} problem={problemOf('expires')} onChange={(expires) => change({ expires })} />
      <Field label={t`Flags`} problem={problemOf('secure')}>
        {() => (
          <span className={styles.flags}>
            <CheckBox label={t`Secure`} checked={fields.secure} onChange={(secure) => change({ secure })} />
            <CheckBox label={t`HttpOnly`} checked={fields.httpOnly} onChange={(httpOnly) => change({ httpOnly })} />
          </span>
        )}
      </Field>
      <Field label={t`SameSite`} problem={problemOf('sameSite')}>
        {(described) => (
          <Select
            label={t`SameSite`}
            value={fields.sameSite ?? ''}
            options={SAME_SITE}
            onChange={(next) => change({ sameSite: sameSiteOf(next) })}
            {...described}
          />
        )}
      </Field>
      <div className={styles.buttons}>
        <Button onClick={onDone}>{t`Back`}</Button>
        <Button variant="primary" type="submit">{t`Save cookie`}</Button>
      </div>
    </form>
  )
}

interface ExpiryFieldProps {
  readonly expires: string | null
  readonly problem: CookieProblem | undefined
  readonly onChange: (expires: string | null) => void
}

function ExpiryField({ expires, problem, onChange }: ExpiryFieldProps) {
  const [text, setText] = useState(() => dateFieldText(expires))
  return (
    <Field label={t`Expires`} problem={problem}>
      {({ invalid, describedBy }) => (
        <span className={styles.flags}>
          <Select
            label={t`Expires`}
            value={expires === null ? 'session' : 'date'}
            options={[
              { value: 'session', label: t`With the session` },
              { value: 'date', label: t`At a date` },
            ]}
            onChange={(kind) => {
              if (kind === 'session') return onChange(null)
              const first = dateFieldText(new Date(Date.now() + 30 * 86_400_000).toISOString())
              setText(text || first)
              onChange(dateOfField(text || first))
            }}
          />
          {expires !== null && (
            <input
              className={styles.date}
              type="datetime-local"
              step={1}
              aria-label={t`Date of expiry`}
              aria-invalid={invalid || undefined}
              aria-describedby={describedBy}
              value={text}
              onChange={(event) => {
                setText(event.target.value)
                onChange(dateOfField(event.target.value))
              }}
            />
          )}
        </span>
      )}
    </Field>
  )
}

interface FieldProps {
  readonly label: string
  readonly problem: CookieProblem | undefined
  readonly children: (described: { readonly invalid: boolean; readonly describedBy?: string }) => ReactNode
}

function Field({ label, problem, children }: FieldProps) {
  const id = useId()
  return (
    <div className={styles.field}>
      <span className={styles.label} aria-hidden="true">
        {label}
      </span>
      <div className={styles.control}>
        {children({ invalid: problem !== undefined, ...(problem && { describedBy: id }) })}
        {problem && <ProblemNote id={id} live message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />}
      </div>
    </div>
  )
}

interface CheckBoxProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly children?: ReactNode
}

function CheckBox({ label, checked, onChange, children }: CheckBoxProps) {
  return (
    <span className={styles.checkBox}>
      <label>
        <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
        {label}
      </label>
      {children}
    </span>
  )
}

function fieldsOf(cookie: KeptCookie | null, domain: string): CookieFields {
  if (!cookie) {
    return { name: '', value: '', domain, hostOnly: true, path: '/', expires: null, secure: false, httpOnly: false, sameSite: null }
  }
  const { name, value, hostOnly, path, expires, secure, httpOnly } = cookie
  return { name, value, domain: cookie.domain, hostOnly, path, expires, secure, httpOnly, sameSite: sameSiteOf(cookie.sameSite ?? '') }
}
