/** Who the request says it is from. Every kind keeps what was typed in it while another is chosen. */
import { useMemo } from 'react'
import { assertNever } from '#contract/result.ts'
import type { DraftId } from '#contract/model/ids.ts'
import type { Auth, AuthKind } from '#contract/model/request.ts'
import { chooseAuthKind, editDocument } from '../../actions/edit.ts'
import { usePreviewsStore } from '../../stores/previews-store.ts'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { Button } from '../../ui/button.tsx'
import { AuthField } from './auth-field.tsx'
import { withoutBearer } from './bearer-token.ts'
import { otherProblems } from './problems.ts'
import { useRequest, useSectionProblems } from './use-request.ts'
import styles from './request-editor.module.css'
import controls from './controls.module.css'

const KINDS: readonly SelectOption<AuthKind>[] = [
  { value: 'none', label: 'None' },
  { value: 'inherit', label: 'Inherit' },
  { value: 'basic', label: 'Basic' },
  { value: 'bearer', label: 'Bearer' },
  { value: 'digest', label: 'Digest' },
  { value: 'apikey', label: 'API key' },
  { value: 'header', label: 'Custom header' },
]
const FIELDS = ['username', 'password', 'token', 'key', 'value', 'name', 'prefix']
const NO_WARNINGS: readonly string[] = []

export function AuthSection({ draftId }: { readonly draftId: DraftId }) {
  const auth = useRequest(draftId, (document) => document.auth)
  const problems = useSectionProblems(draftId, 'auth')
  const warnings = usePreviewsStore((state) => state.byTab[draftId]?.warnings ?? NO_WARNINGS)
  const options = useMemo(
    () => (auth.kind === 'unsupported' ? [...KINDS, { value: 'unsupported' as const, label: auth.type }] : KINDS),
    [auth],
  )
  return (
    <div className={styles.scroll}>
      <div className={styles.options}>
        <div className={controls.option}>
          <span className={controls.optionLabel}>Auth type</span>
          <div className={controls.optionBody}>
            <Select
              label="Auth type"
              value={auth.kind}
              options={options}
              onChange={(kind) => {
                if (kind !== 'unsupported') chooseAuthKind(draftId, kind)
              }}
            />
          </div>
        </div>
        <AuthFields draftId={draftId} auth={auth} />
        {otherProblems(problems, FIELDS).map((problem) => (
          <ProblemNote key={problem.message} message={problem.message} {...(problem.hint !== undefined && { hint: problem.hint })} />
        ))}
        {warnings.filter(isAboutCredentials).map((warning) => (
          <ProblemNote key={warning} tone="warning" message={warning} />
        ))}
      </div>
    </div>
  )
}

/** Warnings that stand beside the credentials they are about. */
function isAboutCredentials(warning: string): boolean {
  return /plain http:\/\/|instead of the one from Auth/.test(warning)
}

function AuthFields({ draftId, auth }: { readonly draftId: DraftId; readonly auth: Auth }) {
  const problems = useSectionProblems(draftId, 'auth')
  const field = (label: string, name: string, value: string, extra: { secret?: boolean; placeholder?: string; help?: string } = {}) => (
    <AuthField
      key={name}
      name={name}
      label={label}
      value={value}
      problem={problems.find(({ where }) => where?.field === name)}
      onChange={(text) =>
        editDocument(draftId, `auth.${name}`, (document) => ({ ...document, auth: withField(document.auth, name, text) }))
      }
      {...extra}
    />
  )
  switch (auth.kind) {
    case 'none':
      return (
        <p className={styles.plainHelp}>No credentials are sent, unless the URL holds some (user:password@host) or a header is typed.</p>
      )
    case 'inherit':
      return (
        <p className={styles.plainHelp}>
          The file leaves this to the folder or collection. Their credentials are not read yet, so none are sent; choose a type to send
          some.
        </p>
      )
    case 'basic':
      return [
        field('Username', 'username', auth.username),
        field('Password', 'password', auth.password, {
          secret: true,
          help: 'Sent as Authorization: Basic, in UTF-8. auth=(username, password) in requests.',
        }),
      ]
    case 'digest':
      return [
        field('Username', 'username', auth.username),
        field('Password', 'password', auth.password, {
          secret: true,
          help: 'Nothing is sent until the server asks: its 401 and the answer to it are two hops. HTTPDigestAuth in requests.',
        }),
      ]
    case 'bearer':
      return [
        field('Token', 'token', auth.token, { secret: true, help: 'Sent as Authorization: Bearer, followed by the token.' }),
        <DoubledPrefix key="doubled" draftId={draftId} token={auth.token} />,
      ]
    case 'apikey':
      return [
        field('Key', 'key', auth.key, { placeholder: 'X-API-Key' }),
        field('Value', 'value', auth.value, { secret: true }),
        <AddTo key="placement" draftId={draftId} placement={auth.placement} />,
      ]
    case 'header':
      return [
        field('Header name', 'name', auth.name, { placeholder: 'Authorization' }),
        field('Prefix', 'prefix', auth.prefix, { placeholder: 'Token ', help: 'Put before the value as it is, with its space.' }),
        field('Value', 'value', auth.value, { secret: true, help: 'What a custom AuthBase does in requests: one header of your own.' }),
      ]
    case 'unsupported':
      return (
        <p className={styles.plainHelp}>
          The file says <code>{auth.type}</code>. It is kept in the file as it is, but cannot be sent yet; choose another type to send now.
        </p>
      )
    default:
      return assertNever(auth)
  }
}

/** A token that was copied with the word before it would be sent with the word twice. */
function DoubledPrefix({ draftId, token }: { readonly draftId: DraftId; readonly token: string }) {
  const bare = withoutBearer(token)
  if (bare === null) return null
  const remove = (): void =>
    editDocument(draftId, 'auth.token.prefix', (document) => ({ ...document, auth: withField(document.auth, 'token', bare) }))
  return (
    <ProblemNote
      tone="warning"
      message="The token begins with “Bearer”, which is put before it anyway: it would be sent twice."
      action={<Button onClick={remove}>Remove the prefix</Button>}
    />
  )
}

const PLACEMENTS = [
  { value: 'header', label: 'Header' },
  { value: 'query', label: 'Query params' },
] as const

function AddTo({ draftId, placement }: { readonly draftId: DraftId; readonly placement: 'header' | 'query' }) {
  return (
    <div className={controls.option}>
      <span className={controls.optionLabel}>Add to</span>
      <div className={controls.optionBody}>
        <Select
          label="Add to"
          value={placement}
          options={PLACEMENTS}
          onChange={(next) =>
            editDocument(draftId, 'auth.placement', (document) =>
              document.auth.kind === 'apikey' ? { ...document, auth: { ...document.auth, placement: next } } : document,
            )
          }
        />
      </div>
    </div>
  )
}

/** The credentials with one of their texts changed; a name that this kind has not changes nothing. */
function withField(auth: Auth, name: string, text: string): Auth {
  return name in auth ? { ...auth, [name]: text } : auth
}
